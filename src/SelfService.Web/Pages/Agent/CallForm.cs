using Microsoft.AspNetCore.Mvc.ModelBinding;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>What an agent writes down of a call: who called and what about. The rest has an answer already, or can be said later.</summary>
public sealed class CallForm
{
    /// <summary>Value of <see cref="Case"/> for a new ticket.</summary>
    public const string NewCase = "nuevo";

    private const int SubjectLength = 80;

    /// <summary>Sent twice, one ticket.</summary>
    public Guid Key { get; set; }

    public string? Name { get; set; }

    public string? Phone { get; set; }

    public string? Email { get; set; }

    /// <summary>Number of the case that the call was about, or <see cref="NewCase"/>.</summary>
    public string? Case { get; set; }

    public string? Subject { get; set; }

    public string? Text { get; set; }

    /// <summary>Key of the queue.</summary>
    public string? Queue { get; set; }

    public TicketPriority Priority { get; set; } = TicketPriority.Normal;

    /// <summary>Language the customer is written to in.</summary>
    public string? Language { get; set; }

    /// <summary>The telephone; null where it is none.</summary>
    public PhoneNumber? PhoneNumber(CompanyProfile company) => Core.People.PhoneNumber.Parse(Phone, company.Country);

    /// <summary>The address; null where it is none.</summary>
    public string? EmailAddress => Core.People.EmailAddress.Parse(Email);

    /// <summary>Cleans what was written and says what is wrong with it.</summary>
    /// <returns>Who calls; meaningless where something was wrong.</returns>
    public Core.People.Contact Read(ModelStateDictionary state, CompanyProfile company, ServiceDesk desk, Func<string, object[], string> say)
    {
        (Name, Subject, Text) = (PlainText.Line(Name), PlainText.Line(Subject), PlainText.Body(Text));
        var (phone, email) = (PhoneNumber(company), EmailAddress);
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

        Require(state, nameof(Name), Name, Person.NameMaxLength, "Desk.NameRequired", say);
        Require(state, nameof(Text), Text, Message.BodyMaxLength, "Desk.TextRequired", say);
        Subject = Subject.Length > 0 ? Subject : FirstSentence(Text);
        if (Subject.Length > Ticket.SubjectMaxLength)
        {
            state.AddModelError(nameof(Subject), say("Desk.TooLong", [Ticket.SubjectMaxLength]));
        }

        if (desk.Queues.All(q => q.Key != Queue))
        {
            state.AddModelError(nameof(Queue), "Desk.QueueRequired");
        }

        Language = company.Languages.Contains(Language) ? Language : company.Languages[0];
        return new Core.People.Contact(Name, email, phone?.E164, phone?.PersonKey);
    }

    // What a call is about is said first.
    private static string FirstSentence(string text)
    {
        var line = PlainText.Line(text.Split('\n')[0]);
        var end = line.AsSpan().IndexOfAny(".?!;");
        return (end > 0 ? line[..end] : line).Cut(SubjectLength);
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
