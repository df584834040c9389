using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>What a person says about herself and may change at will.</summary>
/// <param name="Language">Null until she chooses one.</param>
/// <param name="Phone">In E.164, or null.</param>
public sealed record Profile(string Name, string? Language, string? Phone, NoticeLevel Notices)
{
    /// <summary>The profile as it is stored.</summary>
    public static Profile Of(Person person) => new(person.Name, person.Language, person.PhoneNumber, person.Notices);

    /// <summary>Tells whether two are the same, without telling what they are. Sign-ins do not change it, unlike Identity's own stamp.</summary>
    public string Stamp() => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)).AsSpan(0, 8));
}

/// <summary>Stores what a person changed about herself.</summary>
public sealed class ChangeProfile(PortalDbContext db)
{
    /// <summary>Stores it, unless it was changed elsewhere since it was read.</summary>
    /// <param name="stamp"><see cref="Profile.Stamp"/> of what she saw.</param>
    /// <param name="phone">The telephone of the profile, for its key; null with none.</param>
    /// <returns>Null when stored; otherwise what is stored by now.</returns>
    public Task<Profile?> RunAsync(Guid personId, Profile profile, PhoneNumber? phone, string? stamp, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var person = await PersonLock.TakeAsync(db, personId, cancel);
                var stored = Profile.Of(person);
                if (stored.Stamp() != stamp)
                {
                    return stored;
                }

                (person.Name, person.Language, person.PhoneNumber, person.Notices) = (profile.Name, profile.Language, profile.Phone, profile.Notices);
                person.ConcurrencyStamp = Guid.NewGuid().ToString();
                await db.Customers.Where(c => c.PersonId == personId).ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.Name, profile.Name).SetProperty(c => c.Phone, profile.Phone).SetProperty(c => c.PhoneKey, phone == null ? null : phone.PersonKey), cancel);
                return null;
            },
            cancel);
}
