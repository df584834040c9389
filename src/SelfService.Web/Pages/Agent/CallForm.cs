using Microsoft.AspNetCore.Mvc.ModelBinding;
using SelfService.Core.Company;
using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>What an agent writes down of a call.</summary>
public sealed class CallForm
{
    /// <summary>Sent twice, one ticket.</summary>
    public Guid Key { get; set; }

    public string? Name { get; set; }

    public string? Phone { get; set; }

    public string? Email { get; set; }

    public string? Subject { get; set; }

    public string? Text { get; set; }

    /// <summary>Key of the queue.</summary>
    public string? Queue { get; set; }

    public TicketPriority Priority { get; set; } = TicketPriority.Normal;

    /// <summary>Language the customer is written to in.</summary>
    public string? Language { get; set; }

    /// <summary>Cleans what was written and says what is wrong with it.</summary>
    /// <returns>Who calls; meaningless where something was wrong.</returns>
    public Core.People.Contact Read(ModelStateDictionary state, CompanyProfile company, ServiceDesk desk, Func<string, object[], string> say)
    {
        (Name, Subject, Text) = (PlainText.Line(Name), PlainText.Line(Subject), PlainText.Body(Text));
        Require(state, nameof(Name), Name, Person.NameMaxLength, "Desk.NameRequired", say);
        var phone = PhoneNumber.Parse(Phone, company.Country);
        var email = EmailAddress.Parse(Email);
        if (phone is null && !string.IsNullOrWhiteSpace(Phone))
        {
            state.AddModelError(nameof(Phone), "Desk.PhoneInvalid");
        }
        else if (phone is null && string.IsNullOrWhiteSpace(Email))
        {
            state.AddModelError(nameof(Phone), "Desk.ReachRequired");
        }

        if (email is null && !string.IsNullOrWhiteSpace(Email))
        {
            state.AddModelError(nameof(Email), "Desk.EmailInvalid");
        }

        Require(state, nameof(Subject), Subject, Ticket.SubjectMaxLength, "Desk.SubjectRequired", say);
        Require(state, nameof(Text), Text, Message.BodyMaxLength, "Desk.TextRequired", say);
        if (desk.Queues.All(q => q.Key != Queue))
        {
            state.AddModelError(nameof(Queue), "Desk.QueueRequired");
        }

        Language = company.Languages.Contains(Language) ? Language : company.Languages[0];
        return new Core.People.Contact(Name, email, phone?.E164, phone?.PersonKey);
    }

    private static void Require(ModelStateDictionary state, string field, string value, int longest, string missing, Func<string, object[], string> say)
    {
        if (value.Length == 0)
        {
            state.AddModelError(field, missing);
        }
        else if (value.Length > longest)
        {
            state.AddModelError(field, say("Desk.TooLong", [longest]));
        }
    }
}
