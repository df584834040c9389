namespace SelfService.Web.Pages.Agent;

/// <summary>A key of the desk.</summary>
/// <param name="Shown">As it stands on the keyboard.</param>
/// <param name="Name">Of what it does, for its words.</param>
public sealed record DeskKey(string Shown, string Name);

/// <summary>The keys of the desk's pages, as they are told; <c>desk-keys.js</c> listens to them.</summary>
public static class DeskKeys
{
    private static readonly DeskKey Search = new("/", "Search"), New = new("c", "New"), Help = new("?", "Help");

    /// <summary>Keys of a page.</summary>
    /// <param name="page"><c>lista</c> or <c>caso</c>.</param>
    public static IReadOnlyList<DeskKey> Of(string page) => page == "lista"
        ? [new("j", "Down"), new("k", "Up"), new("↵", "Open"), new("x", "Pick"), Search, New, Help]
        :
        [
            new("r", "Reply"), new("n", "Note"), new("a", "Assign"), new("p", "Promise"), new("s", "Solve"), new("m", "Move"), new("i", "Insert"),
            new("j", "Next"), new("k", "Previous"), new("u", "Back"), new("Ctrl ↵", "Send"), New, Help,
        ];
}
