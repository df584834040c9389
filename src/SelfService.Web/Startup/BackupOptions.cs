using System.ComponentModel.DataAnnotations;

namespace SelfService.Web.Startup;

/// <summary>Backups that are made without anybody asking.</summary>
public sealed class BackupOptions
{
    /// <summary>Folder they go to, best on another disk; empty for none.</summary>
    public string Directory { get; set; } = "";

    [Range(1, 24 * 31)]
    public int EveryHours { get; set; } = 24;

    /// <summary>How many are kept.</summary>
    [Range(1, 10_000)]
    public int Keep { get; set; } = 14;
}
