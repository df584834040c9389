using Microsoft.AspNetCore.Mvc.ModelBinding;
using SelfService.Core.Company;
using SelfService.Core.People;
using SelfService.Core.Requests;

namespace SelfService.Web.Pages.Requests;

/// <summary>Reads a form that was sent: files, answers, contact, and what has to be mended in each.</summary>
public sealed class ReadForm(AnswerForm answerForm, FormFiles files, FormErrors errors, CompanyProfile company)
{
    /// <summary>Reads it. Every error is in <paramref name="state"/> then.</summary>
    /// <param name="draft">What was typed.</param>
    /// <param name="person">Who has signed in with a confirmed address.</param>
    public async Task<FilledForm> RunAsync(
        RequestForm form, FormDraft draft, IFormFileCollection arriving, Person? person, ModelStateDictionary state, CancellationToken cancel)
    {
        draft = await files.TakeAsync(form, draft, arriving, state, cancel);
        var answers = answerForm.Read(form, draft.Values, draft.Files.ToLookup(f => f.Field, f => f.Name));
        errors.Tell(form, answers, state);
        return new FilledForm(draft, answers, draft.Contact.Read(form.Contact, person, company.Country, state));
    }
}

/// <summary>A form as it was read.</summary>
/// <param name="Contact">Null when something has to be mended, here or anywhere in the form.</param>
public sealed record FilledForm(FormDraft Draft, FormAnswers Answers, Core.People.Contact? Contact);
