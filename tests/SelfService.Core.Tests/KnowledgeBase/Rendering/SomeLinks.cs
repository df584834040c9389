using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.Tests.KnowledgeBase.Rendering;

/// <summary>The addresses of a file beside <c>factura.md</c>, <c>pagos/tarjeta.md</c> and <c>plano.png</c> (640 × 480).</summary>
internal sealed class SomeLinks : IArticleLinks
{
    public string? Resolve(string link)
    {
        var parts = link.Split('#', 2);
        return parts[0] is "factura.md" or "factura" or "pagos/tarjeta.md"
            ? "/articulos/" + Path.GetFileNameWithoutExtension(parts[0]) + (parts.Length > 1 ? "#" + parts[1] : "")
            : null;
    }

    public LinkedImage? Image(string source) => source switch
    {
        "plano.png" => new LinkedImage("/media/abc/plano.png", "abc", 640, 480),
        "sin-medida.svg" => new LinkedImage("/media/def/sin-medida.svg", "def", 0, 0),
        _ when source.StartsWith("data:image/png;base64,", StringComparison.Ordinal) => new LinkedImage("/media/123/imagen.png", "123", 1, 1),
        _ => null,
    };
}
