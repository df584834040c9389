using System.Globalization;

namespace SelfService.Web.Components;

/// <summary>Sizes of files as people read them: 640 KB, 2.1 MB.</summary>
public static class FileSize
{
    private const double Kilobyte = 1024;
    private const double Megabyte = 1024 * Kilobyte;

    /// <summary>The size in the largest unit that leaves a number of one digit or more; less than a kilobyte counts as one.</summary>
    /// <param name="bytes">Size in bytes.</param>
    public static string Spoken(long bytes) => bytes >= Megabyte
        ? string.Create(CultureInfo.CurrentCulture, $"{bytes / Megabyte:0.#} MB")
        : string.Create(CultureInfo.CurrentCulture, $"{Math.Max(1, Math.Round(bytes / Kilobyte))} KB");
}
