using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SelfService.Core.Persistence;
using SelfService.Web.Operations;

namespace SelfService.Web.Startup;

/// <summary>Settings of the section <c>SelfService</c>. Every one is listed in the README; a test compares.</summary>
public sealed class SelfServiceOptions
{
    public const string Section = "SelfService";

    /// <summary>Folder for the database, keys and mail. Must be writable.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Folder with the company's content.</summary>
    [Required]
    public string ContentDirectory { get; set; } = "content";

    /// <summary>Address customers use, without a slash at the end; links in mail, feeds and sitemaps begin with it.</summary>
    [Required, Url]
    public string PublicUrl { get; set; } = "http://localhost:5080";

    /// <summary>Database the portal runs on.</summary>
    [EnumDataType(typeof(DatabaseKind))]
    public DatabaseKind Database { get; set; } = DatabaseKind.Sqlite;

    /// <summary>Whether content files are imported at start.</summary>
    public bool ImportAtStart { get; set; } = true;

    /// <summary>How often one network address may do what costs us something.</summary>
    [Required]
    public LimitOptions Limits { get; set; } = new();

    /// <summary>How mail leaves.</summary>
    [Required]
    public MailOptions Mail { get; set; } = new();

    /// <summary>What protects the keys of cookies and forms.</summary>
    [Required]
    public KeyOptions Keys { get; set; } = new();

    /// <summary>Backups that are made without anybody asking.</summary>
    [Required]
    public BackupOptions Backups { get; set; } = new();

    /// <summary>With what articles are searched.</summary>
    [Required]
    public SearchOptions Search { get; set; } = new();

    /// <summary>What operators are told.</summary>
    [Required]
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>Reads and checks the settings; relative folders start at the current directory.</summary>
    /// <exception cref="OptionsValidationException">A value cannot be used; the message names each.</exception>
    public static SelfServiceOptions Read(IConfiguration configuration)
    {
        SelfServiceOptions options;
        try
        {
            options = configuration.GetSection(Section).Get<SelfServiceOptions>() ?? new SelfServiceOptions();
        }
        catch (InvalidOperationException exception)
        {
            throw new OptionsValidationException(Section, typeof(SelfServiceOptions), [exception.Message]);
        }

        var failures = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true);
        Validator.TryValidateObject(options.Limits, new ValidationContext(options.Limits), failures, validateAllProperties: true);
        Validator.TryValidateObject(options.Mail, new ValidationContext(options.Mail), failures, validateAllProperties: true);
        Validator.TryValidateObject(options.Backups, new ValidationContext(options.Backups), failures, validateAllProperties: true);
        Validator.TryValidateObject(options.Telemetry, new ValidationContext(options.Telemetry), failures, validateAllProperties: true);
        Validator.TryValidateObject(options.Keys, new ValidationContext(options.Keys), failures, validateAllProperties: true);
        if (options.Search.Engine == SearchEngineKind.Lucene && !SearchEngines.HasLucene)
        {
            failures.Add(new ValidationResult("SelfService:Search:Engine is Lucene, which is not compiled in: build with -p:SearchEngine=Lucene, or use Memory."));
        }

        if (options.Database == DatabaseKind.Postgres && !options.Keys.AreProtected)
        {
            failures.Add(new ValidationResult("SelfService:Database is Postgres, so the keys in it must be protected: set SelfService:Keys:Passphrase or SelfService:Keys:Certificate."));
        }

        if (options.Database == DatabaseKind.Postgres && string.IsNullOrWhiteSpace(configuration.GetConnectionString(Section)))
        {
            failures.Add(new ValidationResult("SelfService:Database is Postgres, so ConnectionStrings:SelfService must be set."));
        }

        if (failures.Count > 0)
        {
            throw new OptionsValidationException(Section, typeof(SelfServiceOptions), failures.Select(f => f.ErrorMessage!));
        }

        options.DataDirectory = Path.GetFullPath(options.DataDirectory);
        options.Search.Directory = options.Search.Directory.Length > 0 ? Path.GetFullPath(options.Search.Directory) : Path.Combine(options.DataDirectory, "search");
        options.Backups.Directory = options.Backups.Directory.Length > 0 ? Path.GetFullPath(options.Backups.Directory) : "";
        options.ContentDirectory = Path.GetFullPath(options.ContentDirectory);
        options.PublicUrl = options.PublicUrl.TrimEnd('/');
        return options;
    }

    /// <summary>Where the database is.</summary>
    public DatabaseSettings DatabaseSettings(IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString(Section);
        return string.IsNullOrWhiteSpace(connection)
            ? Core.Persistence.DatabaseSettings.InDirectory(DataDirectory)
            : new DatabaseSettings(Database, connection);
    }

    /// <summary>Whether customers reach the portal over HTTPS, so that cookies can insist on it.</summary>
    public bool IsHttps => PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}

/// <summary>How often one network address may do something; beyond it the answer is 429.</summary>
public sealed class LimitOptions
{
    [Range(1, 1_000_000)]
    public int SearchesPerMinute { get; set; } = 120;

    [Range(1, 1_000_000)]
    public int SuggestionsPerMinute { get; set; } = 600;

    [Range(1, 1_000_000)]
    public int VotesPerMinute { get; set; } = 30;

    [Range(1, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 10;

    [Range(1, 1_000_000)]
    public int RequestsPerHour { get; set; } = 30;

    [Range(1, 1_000_000)]
    public int CaseSearchesPerMinute { get; set; } = 10;

    [Range(1, 1_000_000)]
    public int CaseMessagesPerMinute { get; set; } = 30;
}
