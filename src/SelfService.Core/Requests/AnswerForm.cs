using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Tickets;

namespace SelfService.Core.Requests;

/// <summary>Reads what was typed into a form: answers with their words, what is wrong, and where the case goes.</summary>
public sealed class AnswerForm(CompanyProfile company, ServiceDesk desk, AnswerWords words, TimeProvider clock)
{
    /// <summary>Reads every field that is asked. What was typed into the others, which may have been hidden, is dropped.</summary>
    /// <param name="files">Names of the files of each field.</param>
    public FormAnswers Read(RequestForm form, TypedValues typed, ILookup<string, string> files)
    {
        var today = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(company.TimeZone).Date;
        var reader = new FieldReader(company, words, today);
        var readings = new Dictionary<string, FieldReading>();
        foreach (var field in form.Fields.Where(field => IsAsked(field, readings)))
        {
            readings.Add(field.Name, reader.Read(field, typed, [.. files[field.Name]]));
        }

        var asked = form.Fields.Where(f => readings.ContainsKey(f.Name)).ToList();
        var chosen = asked.SelectMany(f => f.Options.Where(o => readings[f.Name].Values.Contains(o.Value))).ToList();
        var queue = desk.Queue(chosen.LastOrDefault(o => o.Queue is not null)?.Queue ?? form.Queue);
        var message = asked.FirstOrDefault(f => f is { Type: FieldType.LongText, Name: RequestForm.MessageField });
        var subject = form.Subject is null ? asked.FirstOrDefault(f => f is { Type: FieldType.Text, Name: RequestForm.SubjectField }) : null;
        return new FormAnswers
        {
            Answers =
            [
                .. from field in asked
                   where field != message && field != subject && readings[field.Name] is { Display.Length: > 0, Errors: [] }
                   let reading = readings[field.Name]
                   select new TicketAnswer(field.Name, field.Label.Text, reading.Display, reading.Warning, reading.Code),
            ],
            Errors = [.. asked.SelectMany(f => readings[f.Name].Errors)],
            Asked = readings.Keys.ToHashSet(),
            Queue = queue.Key,
            Priority = chosen.Max(o => o.Priority) ?? form.Priority,
            Sla = desk.Policy(chosen.LastOrDefault(o => o.Sla is not null)?.Sla ?? form.Sla ?? queue.SlaOf(TicketKind.Request).Key).Key,
            Subject = Subject(form, subject, readings),
            Message = message is null ? "" : readings[message.Name].Display,
        };
    }

    // Fields are read from the first to the last, and a condition names one above.
    private static bool IsAsked(FormField field, Dictionary<string, FieldReading> readings) =>
        field.Condition is not { } condition
        || (readings.TryGetValue(condition.Field, out var reading) && reading.Values.Intersect(condition.Values).Any());

    private static string Subject(RequestForm form, FormField? field, Dictionary<string, FieldReading> readings)
    {
        var written = form.Subject is not null
            ? SubjectPlaces.Fill(form.Subject, name => PlainText.Line(readings.GetValueOrDefault(name)?.Display))
            : field is null ? "" : readings[field.Name].Display;
        var subject = written.Length == 0 ? form.Title : written;
        return subject.Length <= Ticket.SubjectMaxLength ? subject : Cut(subject) + "…";
    }

    private static string Cut(string subject)
    {
        var end = Ticket.SubjectMaxLength - 1;
        return subject[..(char.IsHighSurrogate(subject[end - 1]) ? end - 1 : end)];
    }
}
