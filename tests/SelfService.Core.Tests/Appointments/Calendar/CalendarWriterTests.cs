using NodaTime;
using SelfService.Core.Appointments.Calendar;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments.Calendar;

public sealed class CalendarWriterTests
{
    [Fact]
    public void A_request_is_written_as_calendars_want_it()
    {
        const string Expected = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//SelfService//SelfService//ES
            CALSCALE:GREGORIAN
            METHOD:REQUEST
            NAME:Citas de Brisal
            X-WR-CALNAME:Citas de Brisal
            BEGIN:VTIMEZONE
            TZID:America/Mexico_City
            BEGIN:STANDARD
            DTSTART:20260101T000000
            TZOFFSETFROM:-0600
            TZOFFSETTO:-0600
            END:STANDARD
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:7f3k2q9x@ayuda.brisal.example
            SEQUENCE:2
            DTSTAMP:20261124T180005Z
            DTSTART;TZID=America/Mexico_City:20261201T090000
            DTEND;TZID=America/Mexico_City:20261201T100000
            SUMMARY:Visita técnica
            DESCRIPTION:Caso C-7F3K-2Q9X\nTenga a la mano: el módem\; su cargador\, un
             a identificación.
            LOCATION:Av. Juárez 10\, Centro
            URL:https://ayuda.brisal.example/casos/C-7F3K-2Q9X
            ORGANIZER;CN=Brisal:mailto:ayuda@brisal.example
            ATTENDEE;CN="Lucía Muñoz";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT
             =ACCEPTED;RSVP=FALSE:mailto:lucia@correo.example
            STATUS:CONFIRMED
            TRANSP:OPAQUE
            BEGIN:VALARM
            ACTION:DISPLAY
            DESCRIPTION:Visita técnica
            TRIGGER:-PT1440M
            END:VALARM
            BEGIN:VALARM
            ACTION:DISPLAY
            DESCRIPTION:Visita técnica
            TRIGGER:-PT90M
            END:VALARM
            END:VEVENT
            END:VCALENDAR

            """;

        Assert.Equal(Expected.ReplaceLineEndings("\r\n"), CalendarWriter.Write([SomeEvent.Of()], CalendarMethod.Request, "Citas de Brisal"));
    }

    [Fact]
    public void A_cancellation_takes_the_same_event_out_and_rings_no_more()
    {
        var read = Read(SomeEvent.Of(), CalendarMethod.Cancel);

        Assert.Equal("CANCEL", read.File["METHOD"].Raw);
        var appointment = Assert.Single(read.Events);
        Assert.Equal("7f3k2q9x@ayuda.brisal.example", appointment["UID"].Text);
        Assert.Equal("CANCELLED", appointment["STATUS"].Raw);
        Assert.Equal("TRANSPARENT", appointment["TRANSP"].Raw);
        Assert.True(appointment.Has("ATTENDEE"));
        Assert.Empty(appointment.Parts);
    }

    [Fact]
    public void A_feed_names_no_attendee_and_shows_what_was_cancelled_as_that()
    {
        var read = ReadCalendar.Of(CalendarWriter.Write(
            [SomeEvent.Of(), SomeEvent.At("Europe/Madrid", new LocalDateTime(2027, 7, 1, 9, 0)) with { Uid = "otra@ayuda.brisal.example", IsCancelled = true }], CalendarMethod.Publish, "Mateo"));

        Assert.Equal("PUBLISH", read.File["METHOD"].Raw);
        Assert.Equal(["America/Mexico_City", "Europe/Madrid"], read.Zones.Select(z => z["TZID"].Text));
        Assert.Equal(["CONFIRMED", "CANCELLED"], read.Events.Select(e => e["STATUS"].Raw));
        Assert.Equal([2, 0], read.Events.Select(e => e.Parts.Count));
        Assert.All(read.Events, appointment => Assert.False(appointment.Has("ATTENDEE")));
        Assert.All(read.Events, appointment => Assert.True(appointment.Has("ORGANIZER")));
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        var appointment = Assert.Single(Read(SomeEvent.Of() with { Description = " \n", Location = "", Url = null, Alarms = [], Organizer = new CalendarPerson("", "ayuda@brisal.example") }).Events);

        Assert.Equal(["UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER", "ATTENDEE", "STATUS", "TRANSP"], appointment.Properties.Select(p => p.Name));
        Assert.Empty(appointment["ORGANIZER"].Parameters);
    }

    [Fact]
    public void A_feed_without_appointments_is_empty() => Assert.Empty(ReadCalendar.Of(CalendarWriter.Write([], CalendarMethod.Publish, "Mateo")).File.Parts);

    public static TheoryData<string> Hostile => new(
        "Visita\r\nATTENDEE:mailto:victima@correo.example",
        "Visita\nEND:VEVENT\nBEGIN:VEVENT\nUID:otro",
        "Visita\rX:1\u2028X:2\u0085X:3\vX:4\fX:5",
        "antes\0después\u0007\u001b[31m",
        "a\\nb \\; \\, \\\\ c;d,e:f\"g\"^n^'^^ \\",
        "\"; X=\":mailto:victima@correo.example",
        "ce\u200bro \u202eoculto\u2066 \ufeffancho\u00ad",
        "👩‍🔧🇲🇽 🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂",
        "mitad \ud83d de un par",
        "Se\u0301n\u0303al con tilde suelta",
        "  \t orillas \t  ",
        string.Concat(Enumerable.Repeat("ñ", 10_000)),
        string.Concat(Enumerable.Repeat("🙂", 5_000)),
        new string(',', 10_000),
        string.Concat(Enumerable.Repeat("\r\nBEGIN:VEVENT", 700)));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Whatever_was_typed_reads_back_as_clean_text_and_adds_nothing(string typed)
    {
        var person = new CalendarPerson(typed, $"\"{typed}\"@correo.example");
        var written = SomeEvent.Of() with { Uid = $"7f3k {typed}", Summary = typed, Description = typed, Location = typed, Url = new Uri("https://ayuda.brisal.example/?q=" + typed[..Math.Min(500, typed.Length)]), Organizer = person, Attendee = person };

        var read = ReadCalendar.Of(CalendarWriter.Write([written], CalendarMethod.Request, typed));

        var line = PlainText.Line(typed);
        Assert.Equal(["VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME"], read.File.Properties.Select(p => p.Name));
        Assert.Equal(line, read.File["X-WR-CALNAME"].Text);
        var appointment = Assert.Single(read.Events);
        Assert.Equal(13, appointment.Properties.Count);
        Assert.Equal(2, appointment.Parts.Count);
        Assert.Equal($"7f3k {line}", appointment["UID"].Text);
        Assert.Equal(line, appointment["SUMMARY"].Text);
        Assert.Equal(PlainText.Body(typed), appointment["DESCRIPTION"].Text);
        Assert.Equal(line, appointment["LOCATION"].Text);
        Assert.All(appointment.Parts, alarm => Assert.Equal(line, alarm["DESCRIPTION"].Text));
        Assert.StartsWith("https://ayuda.brisal.example/?q=", appointment["URL"].Raw, StringComparison.Ordinal);
        Assert.Equal(["CN"], appointment["ORGANIZER"].Parameters.Keys);
        Assert.Equal(["CN", "CUTYPE", "ROLE", "PARTSTAT", "RSVP"], appointment["ATTENDEE"].Parameters.Keys);
        Assert.All(new[] { "ORGANIZER", "ATTENDEE" }.Select(name => appointment[name]), somebody =>
        {
            Assert.Equal(line, somebody.Parameters["CN"]);
            Assert.Matches("^mailto:%22[A-Za-z0-9%._~!$'*+@-]*%22@correo[.]example$", somebody.Raw);
        });
    }

    [Theory]
    [InlineData("lucia+citas@correo.example", "mailto:lucia+citas@correo.example")]
    [InlineData("muñoz@correo.example", "mailto:mu%C3%B1oz@correo.example")]
    [InlineData("a?bcc=b&c@correo.example", "mailto:a%3Fbcc%3Db%26c@correo.example")]
    public void An_address_is_nothing_but_an_address(string mail, string written)
    {
        Assert.Equal(written, Assert.Single(Read(SomeEvent.Of() with { Attendee = new CalendarPerson("Lucía", mail) }).Events)["ATTENDEE"].Raw);
    }

    [Fact]
    public void Lines_are_folded_at_every_length_without_breaking_a_letter()
    {
        for (var length = 50; length < 160; length++)
        {
            foreach (var letter in new[] { "x", "ñ", "€", "🙂" })
            {
                var text = new string('x', length) + letter + letter;
                Assert.Equal(text, Assert.Single(Read(SomeEvent.Of() with { Summary = text }).Events)["SUMMARY"].Text);
            }
        }
    }

    [Fact]
    public void The_same_appointment_is_always_the_same_file()
    {
        Assert.Equal(CalendarWriter.Write([SomeEvent.Of()], CalendarMethod.Request, "Brisal"), CalendarWriter.Write([SomeEvent.Of()], CalendarMethod.Request, "Brisal"));
    }

    [Fact]
    public void What_calendars_would_refuse_is_not_written()
    {
        var appointment = SomeEvent.Of();

        Assert.Throws<ArgumentException>(() => Read(appointment with { End = appointment.Start }));
        Assert.Throws<ArgumentException>(() => Read(appointment with { Alarms = [TimeSpan.FromMinutes(-5)] }));
        Assert.Throws<ArgumentException>(() => Read(appointment with { Attendee = null }));
        Assert.Throws<ArgumentException>(() => CalendarWriter.Write([appointment, appointment], CalendarMethod.Cancel, ""));
        Assert.Throws<ArgumentException>(() => CalendarWriter.Write([], CalendarMethod.Request, ""));
    }

    private static ReadCalendar Read(CalendarEvent appointment, CalendarMethod method = CalendarMethod.Request) =>
        ReadCalendar.Of(CalendarWriter.Write([appointment], method, "Brisal"));
}
