using System.Globalization;
using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Requests;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Requests;

/// <summary>One field as the page shows it.</summary>
/// <param name="Form">The form it belongs to.</param>
/// <param name="IsDoubtful">What was typed looks wrong and is taken all the same.</param>
/// <param name="Lang">Language of the company's words where the page speaks another; null where it does not.</param>
public sealed record FieldView(RequestForm Form, FormField Field, FormDraft Draft, bool IsDoubtful, string? Lang)
{
    // More than these and a list to open is easier on a telephone than a page of buttons.
    private const int MostButtons = 7;

    public string Id => FormDraft.IdOf(Field.Name);

    public string Value => Draft.Values.One(Field.Name);

    public bool IsList => Field.Type == FieldType.Choice && Field.Options.Count > MostButtons;

    /// <summary>Whether the question belongs to a group of controls and not to one.</summary>
    public bool IsGroup => Field.Type is FieldType.Choices or FieldType.Address || (Field.Type == FieldType.Choice && !IsList);

    public IEnumerable<KeptFile> Files => Draft.Files.Where(f => f.Field == Field.Name);

    /// <summary>The field as the page of a form shows it.</summary>
    public static FieldView Of(FormModel page, FormField field, CompanyProfile company)
    {
        var content = company.ContentLang();
        var doubtful = page.Answers?.Answers.Any(a => a.Name == field.Name && a.Warning) == true;
        return new FieldView(page.Form, field, page.Draft, doubtful, content == CultureInfo.CurrentUICulture.TwoLetterISOLanguageName ? null : content);
    }

    /// <summary>When to answer a field that has a condition, for who sees all fields at once.</summary>
    public string When(IStringLocalizer<Texts> texts)
    {
        var condition = Field.Condition!;
        var above = Form.Fields.Single(f => f.Name == condition.Field);
        var label = above.Label.Text.TrimEnd('.');
        if (above.Type == FieldType.Consent)
        {
            return texts["Request.WhenAccepted", label];
        }

        var chosen = condition.Values.Select(value => $"«{above.Options.Single(o => o.Value == value).Label}»").ToList();
        return texts["Request.When", label, chosen.Count == 1 ? chosen[0] : texts["Request.WhenOr", string.Join(", ", chosen[..^1]), chosen[^1]].Value];
    }
}
