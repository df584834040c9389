using System.ComponentModel.DataAnnotations;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.People;

namespace SelfService.Web.Startup;

/// <summary>Whether the line to the mail server is made safe.</summary>
public enum MailSecurity
{
    None,
    StartTls,
}

/// <summary>How mail leaves: by an SMTP server, or as files while there is none.</summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>Address mail comes from; empty for the company's own of <c>site.yaml</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>Name beside it; empty for the company's name.</summary>
    public string FromName { get; set; } = "";

    /// <summary>Name or address of the SMTP server; empty for files in <c>mail</c> of the data folder.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>Empty where the server wants nobody to sign in.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    [EnumDataType(typeof(MailSecurity))]
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Longest time for one mail; a job has a minute and a half in all.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Whether mail goes to a server.</summary>
    public bool HasServer => Host.Length > 0;

    /// <summary>What fits together and what does not.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From.Length > 0 && EmailAddress.Parse(From) is null)
        {
            yield return new ValidationResult("SelfService:Mail:From is not an e-mail address.");
        }

        if (Host.Length > 0 && Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            yield return new ValidationResult("SelfService:Mail:Host is not the name of a server.");
        }

        if (User.Length > 0 && Security == MailSecurity.None)
        {
            yield return new ValidationResult("SelfService:Mail:User needs SelfService:Mail:Security StartTls: a password does not go over an open line.");
        }

        if (User.Length > 0 != Password.Length > 0)
        {
            yield return new ValidationResult("SelfService:Mail:User and SelfService:Mail:Password go together.");
        }
    }

    /// <summary>Who mail comes from.</summary>
    public MailSender Sender(CompanyProfile company) => new(
        EmailAddress.Parse(From) ?? EmailAddress.Parse(company.Contact.Email) ?? "ayuda@localhost",
        FromName.Length > 0 ? FromName : company.Name);
}
