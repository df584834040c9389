using Microsoft.AspNetCore.Identity;

namespace SelfService.Core.People;

/// <summary>Somebody with an account: a customer or a member of staff.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public const int NameMaxLength = 120;

    /// <summary>Name as the person writes it.</summary>
    public string Name { get; set; } = "";

    public DateTime CreatedAt { get; init; }

    /// <summary>Language of pages and mails; null until the person chooses one.</summary>
    public string? Language { get; set; }

    /// <summary>Which mails about her cases she wants. Mails about the account itself always go.</summary>
    public NoticeLevel Notices { get; set; }

    /// <summary>An address she wants to change to and has not confirmed yet.</summary>
    public string? NewEmail { get; set; }

    /// <summary>Ends every session that is open; each notices within a minute.</summary>
    public void EndSessions()
    {
        SecurityStamp = Guid.NewGuid().ToString("N");
        ConcurrencyStamp = Guid.NewGuid().ToString("N");
    }
}

/// <summary>Which mails about cases a person wants.</summary>
public enum NoticeLevel
{
    /// <summary>Everything that happens.</summary>
    All,

    /// <summary>Only what the company answers.</summary>
    Answers,

    None,
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

    /// <summary>Roles that write articles.</summary>
    public static readonly IReadOnlyList<string> Editors = [Editor, Admin];

    /// <summary>Roles that see tickets.</summary>
    public static readonly IReadOnlyList<string> Desk = [Agent, Admin];
}
