using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using SelfService.Core.Company;
using SelfService.Core.Requests;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Requests;

/// <summary>What is wrong with answers, in words that say how to mend it.</summary>
public sealed class FormErrors(IStringLocalizer<Texts> texts, CompanyProfile company)
{
    /// <summary>Puts every error where the page shows it.</summary>
    public void Tell(RequestForm form, FormAnswers answers, ModelStateDictionary state)
    {
        foreach (var error in answers.Errors)
        {
            var id = FormDraft.IdOf(error.Control);
            // What was said about a file tells more than that it is missing.
            if (!state.ContainsKey(id))
            {
                state.AddModelError(id, Words(form, error));
            }
        }
    }

    /// <summary>Ids of every control in the order of the page, for the summary.</summary>
    public static IReadOnlyList<string> Order(RequestForm form) =>
    [
        .. form.Fields.SelectMany(f => f.Type == FieldType.Address ? AddressParts.All.Select(part => $"{f.Name}.{part.Name}") : [f.Name])
            .Concat([ContactDraft.NameControl, ContactDraft.EmailControl, ContactDraft.PhoneControl]).Select(FormDraft.IdOf),
    ];

    private string Words(RequestForm form, AnswerError error)
    {
        var dot = error.Control.IndexOf('.');
        var name = dot < 0 ? error.Control : error.Control[..dot];
        var label = form.Fields.Single(f => f.Name == name).Label.Text.TrimEnd('.');
        return texts["Request.Error" + error.Problem, dot < 0 ? label : PartOf(form, error.Control[(dot + 1)..], label), error.Argument];
    }

    // The street is enough where the form asks for one address only.
    private string PartOf(RequestForm form, string part, string label)
    {
        string name = texts["Request.Part." + AddressParts.Of(company.Country).Single(p => p.Name == part).Label];
        return form.Fields.Count(f => f.Type == FieldType.Address) > 1 ? $"{name} ({label})" : name;
    }
}
