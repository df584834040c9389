using System.Text.RegularExpressions;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>Links to articles in what an agent sends: marked, so that reading them is not taken for finding them.</summary>
public static partial class SentLinks
{
    /// <summary>The text with every plain link to an article of this portal marked; as it was where that would make it too long.</summary>
    /// <param name="origin">Address of the portal, without a slash at the end.</param>
    public static string Mark(string text, string origin)
    {
        var marked = Link().Replace(text, link => link.Value.StartsWith(origin + "/", StringComparison.OrdinalIgnoreCase) && link.Length - link.Groups["path"].Length == origin.Length
            ? $"{link.Value}?{Footsteps.SenderName}={Footsteps.Agent}" : link.Value);
        return marked.Length <= Message.BodyMaxLength ? marked : text;
    }

    [GeneratedRegex(@"https?://[^\s/]+(?<path>/articulos/[\p{L}\p{N}-]+)(?![\p{L}\p{N}/?-])")]
    private static partial Regex Link();
}
