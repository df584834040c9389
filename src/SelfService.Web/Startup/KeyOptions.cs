using System.ComponentModel.DataAnnotations;

namespace SelfService.Web.Startup;

/// <summary>What the keys of cookies and forms are encrypted with where they are stored: a passphrase or a certificate.</summary>
public sealed class KeyOptions : IValidatableObject
{
    private const int PassphraseMinLength = 16;

    /// <summary>The same on every node; 16 characters or more.</summary>
    public string Passphrase { get; set; } = "";

    /// <summary>A PKCS#12 file (.pfx) with its private key, in place of the passphrase.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>Password of that file.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>Whether anything protects the keys.</summary>
    public bool AreProtected => Passphrase.Length > 0 || Certificate.Length > 0;

    /// <summary>What fits together and what does not.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Passphrase.Length > 0 && Certificate.Length > 0)
        {
            yield return new ValidationResult("SelfService:Keys:Passphrase and SelfService:Keys:Certificate exclude each other.");
        }

        if (Passphrase.Length is > 0 and < PassphraseMinLength)
        {
            yield return new ValidationResult($"SelfService:Keys:Passphrase must have {PassphraseMinLength} characters or more.");
        }

        if (Certificate.Length > 0 && !File.Exists(Certificate))
        {
            yield return new ValidationResult("SelfService:Keys:Certificate is not a file that can be read.");
        }
    }
}
