namespace SelfService.Core.Persistence.Backups;

/// <summary>Files that only their owner can read, from the first byte on.</summary>
internal static class PrivateFile
{
    /// <summary>Creates a file, or empties the one that is there.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
