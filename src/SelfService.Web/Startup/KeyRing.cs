using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>
/// Where the keys of cookies and forms are: on SQLite in a folder of the one node, on PostgreSQL in the database that all nodes share, so that who
/// signed in on one is known on the others.
/// </summary>
public static class KeyRing
{
    /// <summary>Registers data protection.</summary>
    public static void Add(IServiceCollection services, SelfServiceOptions options)
    {
        var protection = services.AddDataProtection().SetApplicationName("SelfService");
        if (options.Database == DatabaseKind.Postgres)
        {
            services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory>((keys, scopes) => keys.XmlRepository = new DatabaseKeys(scopes));
        }
        else
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.DataDirectory, "keys")));
        }

        services.AddSingleton(options.Keys);
        if (options.Keys.Certificate.Length > 0)
        {
            var certificate = Load(options.Keys);
            protection.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        }
        else if (options.Keys.Passphrase.Length > 0)
        {
            services.AddOptions<KeyManagementOptions>().Configure(keys => keys.XmlEncryptor = new PassphraseEncryptor(options.Keys));
        }
    }

    private static X509Certificate2 Load(KeyOptions keys)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(keys.Certificate, keys.CertificatePassword);
        }
        catch (CryptographicException exception)
        {
            throw new OptionsValidationException(SelfServiceOptions.Section, typeof(KeyOptions), ["SelfService:Keys:Certificate cannot be opened with SelfService:Keys:CertificatePassword: " + exception.Message]);
        }
    }

    /// <summary>Reads every key, and makes the first where there is none; of nodes that start together one does, and the others read hers.</summary>
    /// <exception cref="OptionsValidationException">They are protected with something else than the settings say.</exception>
    public static async Task OpenAsync(IServiceProvider services, PortalDbContext db, CancellationToken cancel) => await db.InTransactionAsync(
        async () =>
        {
            await db.LockKeysAsync(cancel);
            try
            {
                foreach (var key in services.GetRequiredService<IKeyManager>().GetAllKeys())
                {
                    _ = key.Descriptor;
                }
            }
            catch (CryptographicException)
            {
                throw new OptionsValidationException(
                    SelfServiceOptions.Section, typeof(KeyOptions), ["The stored keys were protected with another passphrase or certificate than SelfService:Keys says; nobody's cookie could be read."]);
            }

            if (services.GetRequiredService<KeyOptions>().AreProtected)
            {
                services.GetDataProtector("first key").Protect("");
            }
        },
        cancel);

    private sealed class DatabaseKeys(IServiceScopeFactory scopes) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var scope = scopes.CreateScope();
            var keys = scope.ServiceProvider.GetRequiredService<PortalDbContext>().ProtectionKeys.AsNoTracking().OrderBy(k => k.Id).Select(k => k.Xml).ToList();
            return [.. keys.Select(xml => XElement.Parse(xml))];
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            using var scope = scopes.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
            db.ProtectionKeys.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
            db.SaveChanges();
        }
    }
}
