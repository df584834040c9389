using Microsoft.AspNetCore.Identity;

namespace SelfService.Core.People;

/// <summary>Somebody with an account: a customer or a member of staff.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public const int NameMaxLength = 120;

    /// <summary>Name as the person writes it.</summary>
    public string Name { get; set; } = "";

    public DateTime CreatedAt { get; init; }
}

/// <summary>Roles, from least to most.</summary>
public static class Roles
{
    public const string Customer = "customer";
    public const string Agent = "agent";
    public const string Editor = "editor";
    public const string Admin = "admin";

    /// <summary>Every role there is.</summary>
    public static readonly IReadOnlyList<string> All = [Customer, Agent, Editor, Admin];

    /// <summary>Roles of people who work for the company.</summary>
    public static readonly IReadOnlyList<string> Staff = [Agent, Editor, Admin];
}
