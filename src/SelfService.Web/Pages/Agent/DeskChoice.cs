namespace SelfService.Web.Pages.Agent;

/// <summary>A field that narrows a list.</summary>
/// <param name="Name">In the address.</param>
/// <param name="All">Words for not narrowing.</param>
public sealed record DeskChoice(string Name, string Label, string All, string? Chosen, IReadOnlyList<(string Value, string Text)> Options);
