using System.Text;
using SelfService.Core.Appointments.Calendar;
using SelfService.Core.Mail;

namespace SelfService.Core.Tests.Mail;

public sealed class MailWriterTests
{
    private static readonly DateTimeOffset Sent = new(2026, 11, 24, 18, 0, 5, TimeSpan.FromHours(-6));

    [Fact]
    public void A_mail_reads_back_as_it_was_written()
    {
        var mail = Read(SomeMail.Of());

        Assert.Equal("Recibimos su caso", mail.Subject);
        Assert.Equal("\"Brisal\" <ayuda@brisal.example>", mail.From);
        Assert.Equal("lucia@correo.example", mail.To);
        Assert.Equal("<0123@ayuda.example>", mail.MessageId);
        Assert.Equal("<9876@ayuda.example>", mail["References"]);
        Assert.Equal("Wed, 25 Nov 2026 00:00:05 +0000", mail["Date"]);
        Assert.Equal("1.0", mail["MIME-Version"]);
        Assert.Equal(SomeMail.Text, mail.Text);
        Assert.Equal(SomeMail.Html, mail.Html);
    }

    [Theory]
    [InlineData("Respuesta a su caso C-7F3K-2Q9X: ¿por qué el módem parpadea en ámbar cuando llueve y no por las mañanas, señores?")]
    [InlineData("🙂 Emoji: 👩‍🔧 y 🇲🇽, muchas veces 🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂")]
    [InlineData("a plain one that is so long that it has to be folded at a blank somewhere near the seventy-sixth sign")]
    [InlineData("with \"quotes\", a \\ backslash: and <angles>; (comments)")]
    public void A_subject_reads_back_whatever_letters_it_has(string subject)
    {
        Assert.Equal(subject, Read(SomeMail.Of() with { Subject = subject }).Subject);
    }

    [Fact]
    public void A_subject_written_with_loose_accents_arrives_with_whole_letters()
    {
        var mail = Read(SomeMail.Of() with { Subject = "Señal débil".Normalize(NormalizationForm.FormD) });

        Assert.Equal("Señal débil", mail.Subject);
    }

    [Fact]
    public void A_subject_that_never_ends_is_cut_where_it_can_be_read()
    {
        var mail = Read(SomeMail.Of() with { Subject = string.Concat(Enumerable.Repeat("🙂", 5_000)) });

        Assert.True(mail.Subject.Length <= OutgoingMail.SubjectMaxLength);
        Assert.EndsWith("🙂…", mail.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=?utf-8?B?QmFuY28gTmFjaW9uYWw=?= <falso@correo.example>")]
    [InlineData("=?utf-8?q?Banco?=")]
    [InlineData("señal =?utf-8?q?Banco?=")]
    public void What_looks_like_an_encoded_word_is_shown_as_it_was_typed_and_never_decoded(string subject)
    {
        var mail = Read(SomeMail.Of() with { Subject = subject });

        Assert.Equal(subject.Replace("=?", "= ?", StringComparison.Ordinal), mail.Subject);
    }

    [Theory]
    [InlineData("Brisal, S.A. de C.V. \"Hogar\"", "\"Brisal, S.A. de C.V. \\\"Hogar\\\"\" <ayuda@brisal.example>")]
    [InlineData("Hogar y Señal", "\"Hogar y Señal\" <ayuda@brisal.example>")]
    [InlineData("Brisal\" <falso@correo.example>\r\nBcc: x@correo.example", "\"Brisal\\\" <falso@correo.example> Bcc: x@correo.example\" <ayuda@brisal.example>")]
    public void A_company_name_stays_a_name(string name, string from)
    {
        var mail = ReceivedMail.Read(MailWriter.Write(SomeMail.Of().Checked(), SomeMail.Sender with { Name = name }, Sent));

        Assert.Equal(from.Replace("\"", "", StringComparison.Ordinal), mail.From.Replace("\"", "", StringComparison.Ordinal));
        Assert.DoesNotContain("Bcc", mail.Names);
    }

    [Fact]
    public void Every_line_is_short_enough_and_ended_as_mail_wants_it()
    {
        var long10000 = new string('x', 10_000);
        var mail = SomeMail.Of() with { Subject = string.Join(' ', Enumerable.Repeat("palabra", 1000)), Text = $"antes\n{long10000}\r\ndespués\rfin", Html = $"<p>{long10000} ñ</p>" };

        var bytes = MailWriter.Write(mail.Checked(), SomeMail.Sender, Sent);

        var message = Encoding.UTF8.GetString(bytes);
        Assert.All(message.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 998));
        Assert.DoesNotContain('\n', message.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\r', message.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.Equal($"antes\n{long10000}\ndespués\nfin", ReceivedMail.Read(bytes).Text);
        Assert.Equal($"<p>{long10000} ñ</p>", ReceivedMail.Read(bytes).Html);
    }

    [Fact]
    public void A_text_cannot_end_its_own_part()
    {
        var first = Encoding.UTF8.GetString(MailWriter.Write(SomeMail.Of().Checked(), SomeMail.Sender, Sent));
        var boundary = first[(first.IndexOf("boundary=\"", StringComparison.Ordinal) + 10)..].Split('"')[0];
        var text = $"antes\n--{boundary}--\nContent-Type: text/html\n\n<b>después</b>";

        var mail = ReceivedMail.Read(MailWriter.Write((SomeMail.Of() with { Text = text }).Checked(), SomeMail.Sender, Sent));

        Assert.Equal(text, mail.Text);
        Assert.Equal(SomeMail.Html, mail.Html);
    }

    [Fact]
    public void A_zero_character_is_left_out()
    {
        Assert.Equal("antesdespués", Read(SomeMail.Of() with { Text = "antes\0después" }).Text);
    }

    [Theory]
    [InlineData("X-Uno\r\nBcc: a@correo.example")]
    [InlineData("X-Uno: a\nBcc")]
    public void A_header_name_stays_a_name(string name)
    {
        var mail = Read(SomeMail.Of() with { Headers = new Dictionary<string, string> { [name] = "valor" } });

        Assert.DoesNotContain("Bcc", mail.Names);
    }

    [Fact]
    public void A_mail_without_an_appointment_is_its_words_alone()
    {
        var mail = Read(SomeMail.Of());

        Assert.Equal("multipart/alternative [text/plain, text/html]", mail.Structure);
        Assert.Null(mail.Calendar);
        Assert.Empty(mail.Files);
    }

    [Theory]
    [InlineData(CalendarMethod.Request, "text/calendar; charset=utf-8; method=REQUEST")]
    [InlineData(CalendarMethod.Cancel, "text/calendar; charset=utf-8; method=CANCEL")]
    public void An_appointment_is_a_form_of_the_words_and_a_file(CalendarMethod method, string type)
    {
        var written = SomeMail.WithCalendar(method);

        var mail = Read(written);

        Assert.Equal("multipart/mixed [multipart/alternative [text/plain, text/html, text/calendar], application/ics]", mail.Structure);
        Assert.Equal(SomeMail.Text, mail.Text);
        Assert.Equal(SomeMail.Html, mail.Html);
        var text = written.Calendar!.Text.ReplaceLineEndings("\n");
        Assert.Equal(type, mail.Calendar!.Declared);
        Assert.Equal(text, mail.Calendar.Text);
        var file = Assert.Single(mail.Files);
        Assert.Equal("application/ics; name=\"cita.ics\"", file.Declared);
        Assert.Equal("attachment; filename=\"cita.ics\"", file.Disposition);
        Assert.Equal(text, file.Text);
        Assert.Contains($"\nMETHOD:{method.ToString().ToUpperInvariant()}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_the_calendar_to_the_byte()
    {
        var written = SomeMail.WithCalendar();

        var message = Encoding.UTF8.GetString(MailWriter.Write(written.Checked(), SomeMail.Sender, Sent));

        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(written.Calendar!.Text), Base64FormattingOptions.InsertLineBreaks), message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calendar_of_long_lines_is_still_a_mail_of_short_ones()
    {
        var text = $"BEGIN:VCALENDAR\r\nX-LARGO:{new string('ñ', 5_000)}\r\nEND:VCALENDAR\r\n";

        var bytes = MailWriter.Write((SomeMail.Of() with { Calendar = new MailCalendar(text, CalendarMethod.Request, "cita.ics") }).Checked(), SomeMail.Sender, Sent);

        Assert.All(Encoding.UTF8.GetString(bytes).Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 998));
        Assert.Equal(text.ReplaceLineEndings("\n"), ReceivedMail.Read(bytes).Calendar!.Text);
    }

    [Theory]
    [InlineData("cita.ics\"\r\nBcc: a@correo.example")]
    [InlineData("../cita.ics\r\n\r\n<script>")]
    public void A_file_name_stays_a_name(string name)
    {
        var mail = SomeMail.WithCalendar();

        var read = Read(mail with { Calendar = mail.Calendar! with { FileName = name } });

        Assert.DoesNotContain("Bcc", read.Names);
        Assert.Matches("^attachment; filename=\"[A-Za-z0-9.@-]+\"$", Assert.Single(read.Files).Disposition);
    }

    private static ReceivedMail Read(OutgoingMail mail) => ReceivedMail.Read(MailWriter.Write(mail.Checked(), SomeMail.Sender, Sent));
}
