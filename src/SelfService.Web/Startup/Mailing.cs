using SelfService.Core.Company;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Web.Mail;

namespace SelfService.Web.Startup;

/// <summary>The mail that leaves: who writes it and which way it goes.</summary>
public static partial class Mailing
{
    /// <summary>Folder of the data folder with the mails of a portal without a server.</summary>
    public const string Folder = "mail";

    /// <summary>Registers the job that writes and sends mail.</summary>
    public static void Add(IServiceCollection services, SelfServiceOptions options)
    {
        services.AddSingleton(provider => MailTemplates.Load(options.ContentDirectory, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => Transport(options, provider.GetRequiredService<CompanyProfile>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MailWords>().AddSingleton<OrderMailWords>().AddSingleton<AppointmentMailWords>();
        services.AddScoped<IJobHandler, SendMail>().AddScoped<NoticeTrials>();
    }

    /// <summary>Says at start what nobody would notice otherwise: that no mail reaches anybody.</summary>
    public static void Warn(WebApplication app)
    {
        var options = app.Services.GetRequiredService<SelfServiceOptions>();
        if (!options.Mail.HasServer)
        {
            NoServer(app.Logger, FolderOf(options));
        }
    }

    /// <summary>Where mails wait while no server is set.</summary>
    public static string FolderOf(SelfServiceOptions options) => Path.Combine(options.DataDirectory, Folder);

    private static IMailTransport Transport(SelfServiceOptions options, CompanyProfile company, TimeProvider clock)
    {
        var mail = options.Mail;
        return mail.HasServer
            ? new SmtpTransport(
                new SmtpServer(mail.Host, mail.Port, mail.Security == MailSecurity.StartTls, mail.User, mail.Password, TimeSpan.FromSeconds(mail.TimeoutSeconds)),
                mail.Sender(company))
            : new EmlFolder(FolderOf(options), mail.Sender(company), clock);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No SMTP server is set (SelfService:Mail:Host): mails are files in {Folder} and reach nobody")]
    private static partial void NoServer(ILogger logger, string folder);
}
