using SelfService.Core.Mail;

namespace SelfService.Core.Tests.Mail;

/// <summary>A mail to send in tests.</summary>
public static class SomeMail
{
    public const string Text = "Buen día, Lucía:\n\n.Una línea que empieza con punto.\n\nVer mi caso:\nhttps://ayuda.example/casos/C-7F3K-2Q9X?clave=abc-_=";

    public const string Html = "<!doctype html><html lang=\"es\"><body><p>Buen día, Lucía:</p></body></html>";

    public static readonly MailSender Sender = new("ayuda@brisal.example", "Brisal");

    public static OutgoingMail Of() => new(
        "0123@ayuda.example", "lucia@correo.example", "Recibimos su caso", Text, Html,
        new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated", ["References"] = "<9876@ayuda.example>" });
}
