namespace SelfService.Search;

/// <summary>Texts of the folder <c>Language</c>, compiled in.</summary>
internal static class LanguageResource
{
    /// <exception cref="InvalidOperationException">There is no such text; a mistake of this project.</exception>
    public static string Read(string name)
    {
        using Stream stream = typeof(LanguageResource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
