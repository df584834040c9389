using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using SelfService.Core.People;

namespace SelfService.Web.Startup;

/// <summary>
/// The links that mails about accounts carry. They are made when the mail is written, so that none of them lies in the database.
/// Opening one changes nothing: mail programs open links by themselves, so each leads to a button.
/// </summary>
public sealed class AccountLinks(IDataProtectionProvider protection, UserManager<Person> users, SelfServiceOptions options, TimeProvider clock)
{
    /// <summary>How long the link to a registration is good.</summary>
    public static readonly TimeSpan RegistrationLife = TimeSpan.FromHours(24);

    /// <summary>How long a link to a new password or a new address is good.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    /// <summary>Longest key of a link, in characters.</summary>
    public const int KeyMaxLength = 2000;

    private readonly IDataProtector protector = protection.CreateProtector("SelfService.Registration");

    /// <summary>
    /// Link to finish a registration. The link itself holds the address: until it is opened there is no account, so nobody can
    /// take an address before its owner does.
    /// </summary>
    /// <param name="address">In the form of <see cref="EmailAddress.Parse"/>.</param>
    /// <param name="language">Language of who asked; the account begins with it.</param>
    public Task<string> RegistrationAsync(string address, string language)
    {
        var until = (clock.GetUtcNow() + RegistrationLife).ToUnixTimeSeconds();
        var key = protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{until} {language} {address}"));
        return Task.FromResult($"{options.PublicUrl}/cuenta/registro/confirmar?clave={key}");
    }

    /// <summary>What the key of a registration link says; null when it is not ours or too old.</summary>
    public Registration? ReadRegistration(string? key)
    {
        if (key is not { Length: > 0 and <= KeyMaxLength })
        {
            return null;
        }

        try
        {
            var parts = protector.Unprotect(key).Split(' ', 3);
            var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
            return clock.GetUtcNow() < until ? new Registration(parts[2], parts[1]) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Link to a new password, good for an hour and once; null when there is no such person any more.</summary>
    public async Task<string?> ResetAsync(Guid personId) =>
        await FindAsync(personId) is { } person
            ? Address("/cuenta/restablecer", person, await users.GeneratePasswordResetTokenAsync(person))
            : null;

    /// <summary>
    /// Link that confirms the address the person wants to change to. It is bound to that address: wanting another one makes it
    /// void.
    /// </summary>
    /// <param name="address">
    /// Address that the mail goes to. Where she wants another one by now the answer is null: a link for that one must not go here.
    /// </param>
    public async Task<string?> NewAddressAsync(Guid personId, string address) =>
        await FindAsync(personId) is { } person && person.NewEmail == address
            ? Address("/cuenta/correo/confirmar", person, await users.GenerateChangeEmailTokenAsync(person, address))
            : null;

    private Task<Person?> FindAsync(Guid personId) => users.FindByIdAsync(personId.ToString());

    private string Address(string page, Person person, string token) =>
        $"{options.PublicUrl}{page}?persona={person.Id:N}&clave={Uri.EscapeDataString(token)}";
}

/// <summary>A registration that waits for its owner.</summary>
/// <param name="Address">Address that the link was sent to, and so is confirmed.</param>
/// <param name="Language">Language of who asked.</param>
public sealed record Registration(string Address, string Language);
