namespace SelfService.Core.Tickets;

/// <summary>Patterns of SQL's LIKE from what people type: nothing they type is a wildcard.</summary>
public static class LikePattern
{
    /// <summary>Character that takes the meaning from the one after it.</summary>
    public const string Escape = "\\";

    /// <summary>Pattern of the texts that contain this one.</summary>
    public static string Containing(string text) => "%" + text.Replace(Escape, @"\\").Replace("%", @"\%").Replace("_", @"\_") + "%";
}
