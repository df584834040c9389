using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using SelfService.Core.Company;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Requests;

namespace SelfService.Web.Pages.Orders;

/// <summary>Reads a checkout that was sent, and what has to be mended in it.</summary>
public sealed class ReadCheckout(AnswerForm answerForm, FormErrors errors, CheckoutFields fields, CompanyProfile company)
{
    /// <summary>Reads it. Every error is in <paramref name="state"/> then.</summary>
    /// <param name="days">Days on which it can be fetched.</param>
    /// <param name="person">Who has signed in with a confirmed address.</param>
    public FilledCheckout Run(CheckoutDraft draft, IReadOnlyList<DateOnly> days, Person? person, ModelStateDictionary state)
    {
        var typed = draft.Form.Values;
        var answers = answerForm.Read(fields.OfCompany(draft.Receiving, days), typed, Array.Empty<string>().ToLookup(f => f));
        errors.Tell(fields.Of(draft.Receiving, days), answers, state);
        var contact = draft.Form.Contact.Read(ContactNeed.Either, person, company.Country, state);
        return new FilledCheckout(answers, contact is null ? null : new OrderRequest
        {
            SubmissionKey = draft.Form.Key,
            Lines = draft.Lines,
            Receiving = draft.Receiving,
            Address = draft.Receiving == Receiving.Collection ? [] :
            [
                .. from part in AddressParts.All
                   let text = PlainText.Line(typed.One($"{CheckoutFields.Address}.{part.Name}"))
                   where text.Length > 0
                   select new AddressLine(part.Name, text),
            ],
            Branch = Code(CheckoutFields.Branch),
            CollectOn = DateOnly.TryParseExact(Code(CheckoutFields.Day), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            Invoice = [.. answers.Answers.Where(a => fields.InvoiceNames.Contains(a.Name))],
            Notes = answers.Answers.FirstOrDefault(a => a.Name == CheckoutFields.Notes)?.Value ?? "",
            Payment = Code(CheckoutFields.Payment)!,
            SeenCredit = person is null ? 0 : draft.SeenCredit,
            SeenTotal = draft.SeenTotal,
            Contact = contact,
            PersonId = person?.Id,
            Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            Actor = Actor.Customer(person?.Id),
        });

        string? Code(string name) => answers.Answers.FirstOrDefault(a => a.Name == name)?.Code;
    }
}

/// <summary>A checkout as it was read.</summary>
/// <param name="Request">Null when something has to be mended.</param>
public sealed record FilledCheckout(FormAnswers Answers, OrderRequest? Request);
