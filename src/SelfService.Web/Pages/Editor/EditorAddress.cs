namespace SelfService.Web.Pages.Editor;

/// <summary>Addresses of the editors.</summary>
public static class EditorAddress
{
    public const string List = "/editor";
    public const string New = "/editor/nuevo";
    public const string Images = "/editor/imagenes";
    public const string Versions = "/editor/versiones";
    public const string Many = "/editor/varios";
    public const string Comments = "/editor/comentarios";
    public const string Redirects = "/editor/direcciones";
    public const string Topics = "/editor/temas";
    public const string Figures = "/editor/datos";
    public const string Synonyms = "/editor/sinonimos";
    public const string SynonymHistory = "/editor/sinonimos/historial";
    public const string Targets = "/editor/enlaces";
    public const string Library = "/editor/biblioteca";
    public const string Import = "/editor/importar";
    public const string Export = "/editor/exportar";

    /// <summary>The page of an image of the library.</summary>
    public static string OfImage(string hash) => Library + "/" + hash;

    /// <summary>The page of an archive that was brought.</summary>
    public static string OfUpload(Guid id) => Import + "/" + id;

    /// <summary>A topic; an empty slug for a new one.</summary>
    public static string Topic(string slug) => "/editor/tema" + (slug.Length > 0 ? "/" + slug : "");

    /// <summary>A snippet; an empty key for a new one.</summary>
    public static string Snippet(string key) => "/editor/fragmentos" + (key.Length > 0 ? "/" + key : "");

    /// <summary>Where an article is written; with another part, that page of it.</summary>
    public static string Of(string slug, string part = "") => "/editor/articulos/" + slug + (part.Length > 0 ? "/" + part : "");
}
