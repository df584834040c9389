namespace SelfService.Web.Resources;

/// <summary>Marker of the one set of texts: Texts.resx (Spanish, default) and Texts.en.resx.</summary>
public sealed class Texts;
