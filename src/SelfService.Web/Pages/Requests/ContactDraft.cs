using Microsoft.AspNetCore.Mvc.ModelBinding;
using SelfService.Core.People;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Requests;

/// <summary>How to reach who asks, as it was typed. The mail of an account is never taken from here.</summary>
public sealed record ContactDraft(string Name, string Email, string Phone)
{
    // A hyphen keeps them apart from the company's own fields, which have none.
    public const string NameControl = "contact-name";
    public const string EmailControl = "contact-email";
    public const string PhoneControl = "contact-phone";

    /// <summary>What is known of who has signed in.</summary>
    public static ContactDraft Of(Person? person) => new(person?.Name ?? "", "", person?.PhoneNumber ?? "");

    /// <summary>Checks it and reports what has to be mended.</summary>
    /// <param name="person">Who has signed in with a confirmed address.</param>
    /// <param name="country">ISO 3166 code that telephones without one belong to.</param>
    public Core.People.Contact? Read(ContactNeed need, Person? person, string country, ModelStateDictionary state)
    {
        var name = PlainText.Line(Name);
        Require(NameControl, name.Length > 0, "Request.NameMissing");
        Require(NameControl, name.Length <= Person.NameMaxLength, "Request.NameTooLong");

        var typedEmail = PlainText.Line(Email);
        var email = EmailAddress.Parse(person?.Email ?? typedEmail);
        var typedPhone = PlainText.Line(Phone);
        var phone = PhoneNumber.Parse(typedPhone, country);
        Require(EmailControl, person is not null || email is not null || typedEmail.Length == 0, "Request.EmailWrong");
        Require(PhoneControl, phone is not null || typedPhone.Length == 0, "Request.PhoneWrong");
        Require(EmailControl, person is not null || email is not null || need != ContactNeed.Email, "Request.EmailMissing");
        Require(PhoneControl, phone is not null || need != ContactNeed.Phone, "Request.PhoneMissing");
        // What was typed wrongly is said there; that it is missing too would be said twice.
        Require(EmailControl, person is not null || typedEmail.Length > 0 || typedPhone.Length > 0 || need != ContactNeed.Either, "Request.ReachMissing");
        return state.IsValid ? new Core.People.Contact(name, email, phone?.E164, phone?.PersonKey) : null;

        void Require(string control, bool isMet, string message)
        {
            if (!isMet)
            {
                state.AddModelError(FormDraft.IdOf(control), message);
            }
        }
    }
}

/// <summary>What the questions for a contact need.</summary>
/// <param name="Person">Who has signed in with a confirmed address.</param>
/// <param name="Legend">Key of the text above them.</param>
public sealed record ContactView(ContactDraft Draft, ContactNeed Need, Person? Person, string Legend);
