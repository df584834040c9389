using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.Tests;

/// <summary>Words of rendered articles for tests of this project, which has no resources.</summary>
internal static class TestWords
{
    public static RenderWords Spanish { get; } = new()
    {
        Note = "Nota",
        Tip = "Consejo",
        Important = "Importante",
        Warning = "Advertencia",
        Caution = "Precaución",
        ExternalLink = "sitio externo",
        HeadingLink = "Enlace a esta sección",
        Table = "Tabla",
        BackToText = "Volver al texto",
    };
}
