namespace SelfService.Core.Tests;

/// <summary>The working copy the tests run from.</summary>
internal static class Repository
{
    /// <summary>Folder that holds the solution, found by walking up from the test assembly.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SelfService.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("SelfService.sln");
    }
}
