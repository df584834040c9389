using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace SelfService.Web.Startup;

/// <summary>Encrypts keys with a passphrase: AES-256-GCM, its key by PBKDF2 with SHA-256 and a salt of its own for each.</summary>
public sealed class PassphraseEncryptor(KeyOptions options) : IXmlEncryptor
{
    // OWASP Password Storage Cheat Sheet (2023) for PBKDF2-HMAC-SHA256.
    private const int Iterations = 600_000;
    private const int SaltBytes = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize));
        var (cipher, tag) = (new byte[plain.Length], new byte[AesGcm.TagByteSizes.MaxSize]);
        using var aes = Cipher(options.Passphrase, salt, Iterations);
        aes.Encrypt(nonce, plain, cipher, tag);
        return new EncryptedXmlInfo(
            new XElement("passphraseProtected", new XAttribute("iterations", Iterations), Part("salt", salt), Part("nonce", nonce), Part("tag", tag), Part("text", cipher)),
            typeof(PassphraseDecryptor));

        static XElement Part(string name, byte[] bytes) => new(name, Convert.ToBase64String(bytes));
    }

    /// <summary>The cipher of a passphrase.</summary>
    public static AesGcm Cipher(string passphrase, byte[] salt, int iterations) =>
        new(Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, 32), AesGcm.TagByteSizes.MaxSize);
}

/// <summary>Reads what <see cref="PassphraseEncryptor"/> wrote.</summary>
public sealed class PassphraseDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <exception cref="CryptographicException">The passphrase is another one, or there is none.</exception>
    public XElement Decrypt(XElement encryptedElement)
    {
        var cipher = Part("text");
        var plain = new byte[cipher.Length];
        using var aes = PassphraseEncryptor.Cipher(services.GetRequiredService<KeyOptions>().Passphrase, Part("salt"), (int)encryptedElement.Attribute("iterations")!);
        aes.Decrypt(Part("nonce"), cipher, Part("tag"), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));

        byte[] Part(string name) => Convert.FromBase64String(encryptedElement.Element(name)!.Value);
    }
}
