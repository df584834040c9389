using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace SelfService.Web.Pages.Requests;

/// <summary>Tells programs from people without asking people anything: a field nobody sees, and the time a form takes.</summary>
public sealed class SpamTrap(IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly IDataProtector protector = protection.CreateProtector("SelfService.FormOpened");

    /// <summary>The moment now, so that nobody can make up another.</summary>
    public string Stamp() => protector.Protect(clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture));

    /// <summary>What to tell who sent the form; null when nothing is odd. A person who is told can send it again.</summary>
    public FormNotice? Look(FormDraft draft)
    {
        if (draft.Trap.Length > 0)
        {
            return FormNotice.Trapped;
        }

        var time = clock.GetUtcNow() - OpenedAt(draft.Opened);
        return time < Shortest ? FormNotice.TooFast : time is null || time > Longest ? FormNotice.TooOld : null;
    }

    private DateTimeOffset? OpenedAt(string stamp)
    {
        try
        {
            return new DateTimeOffset(long.Parse(protector.Unprotect(stamp), CultureInfo.InvariantCulture), TimeSpan.Zero);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>Why a form that is filled in rightly comes back.</summary>
public enum FormNotice
{
    /// <summary>The field nobody sees was filled in.</summary>
    Trapped,

    TooFast,

    TooOld,

    /// <summary>This person, or this network, has sent as much as one does in an hour.</summary>
    TooMany,

    /// <summary>The form had been accepted with other words.</summary>
    SentBefore,

    /// <summary>The database or the disk let nothing be stored.</summary>
    NotStored,
}
