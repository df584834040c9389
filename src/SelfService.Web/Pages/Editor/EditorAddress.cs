namespace SelfService.Web.Pages.Editor;

/// <summary>Addresses of the editors.</summary>
public static class EditorAddress
{
    public const string List = "/editor";
    public const string New = "/editor/nuevo";
    public const string Images = "/editor/imagenes";
    public const string Figures = "/editor/datos";
    public const string Targets = "/editor/enlaces";

    /// <summary>A snippet; an empty key for a new one.</summary>
    public static string Snippet(string key) => "/editor/fragmentos" + (key.Length > 0 ? "/" + key : "");

    /// <summary>Where an article is written; with another part, that page of it.</summary>
    public static string Of(string slug, string part = "") => "/editor/articulos/" + slug + (part.Length > 0 ? "/" + part : "");
}
