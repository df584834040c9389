using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace SelfService.Web.Components;

/// <summary>What is wrong with a form, as the views ask for it. Messages are keys of the texts.</summary>
public static class ModelStateHtml
{
    /// <summary>Whether the field was refused.</summary>
    public static bool HasError(this IHtmlHelper html, string field) => html.FirstError(field) is not null;

    /// <summary>Key of the first thing wrong with a field, or null.</summary>
    public static string? FirstError(this IHtmlHelper html, string field) =>
        html.ViewData.ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? Message(entry.Errors[0]) : null;

    /// <summary>
    /// Every field with its first error; an empty field is the form as a whole. In the order that the page gives as
    /// <c>ViewData["FieldOrder"]</c>, where it gives one: the state of the model sorts by name.
    /// </summary>
    public static IReadOnlyList<(string Field, string Message)> Errors(this IHtmlHelper html)
    {
        var order = (html.ViewData["FieldOrder"] as IReadOnlyList<string> ?? []).Select((field, place) => (field, place)).ToDictionary(f => f.field, f => f.place);
        return
        [
            .. from pair in html.ViewData.ModelState
               where pair.Value?.Errors.Count > 0
               orderby order.GetValueOrDefault(pair.Key, int.MaxValue)
               select (pair.Key, Message(pair.Value.Errors[0])),
        ];
    }

    // An error without words comes from a value that could not be read at all.
    private static string Message(ModelError error) =>
        error.ErrorMessage.Length > 0 ? error.ErrorMessage : "Form.Unreadable";
}
