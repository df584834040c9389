namespace SelfService.Core.People;

/// <summary>How somebody who asks can be reached, as she gave it for one case.</summary>
/// <param name="Name">Name as she writes it.</param>
/// <param name="Email">In the form of <see cref="EmailAddress.Parse"/>, or null.</param>
/// <param name="Phone">In E.164, or null.</param>
/// <param name="PhoneKey">What all spellings of the telephone have in common; with <paramref name="Phone"/>.</param>
public sealed record Contact(string Name, string? Email, string? Phone, string? PhoneKey)
{
    /// <summary>Longest telephone kept, in characters.</summary>
    public const int PhoneMaxLength = 24;
}
