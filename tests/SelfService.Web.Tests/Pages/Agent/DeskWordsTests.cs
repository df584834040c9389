using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Agent;
using SelfService.Web.Resources;

namespace SelfService.Web.Tests.Pages.Agent;

/// <summary>Words that are put together from a kind: a new kind without them fails here and not before an agent.</summary>
[Collection(DeskPortalCollection.Name)]
public sealed class DeskWordsTests(DeskPortal portal)
{
    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public void Every_kind_of_everything_has_its_words(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var texts = portal.Host.Services.GetRequiredService<IStringLocalizer<Texts>>();
        string[] keys =
        [
            .. Enum.GetNames<TicketStatus>().Select(n => "Desk.Status" + n), .. Enum.GetNames<TicketPriority>().Select(n => "Desk.Priority" + n),
            .. Enum.GetNames<NextStep>().Select(n => "Desk.Step" + n), .. Enum.GetNames<Channel>().Select(n => "Desk.Channel" + n),
            .. Enum.GetNames<TicketEventKind>().Select(n => "Desk.Event" + n), .. Enum.GetNames<TicketFilter>().SelectMany(n => new[] { "Desk.Filter" + n, "Desk.Empty" + n }),
            .. Enum.GetNames<MailKind>().Select(n => "Jobs.Mail" + n), .. Enum.GetNames<JobState>().SelectMany(n => new[] { "Jobs.Filter" + n, "Jobs.State" + n }),
        ];

        Assert.DoesNotContain(keys, key => texts[key].ResourceNotFound);
    }

    [Fact]
    public void What_was_promised_assigned_and_moved_is_told_in_its_own_words()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("es");
        var words = portal.Host.Services.GetRequiredService<DeskWords>();

        Assert.Equal("Prometió: Le llamamos", words.Event(new TicketEvent { Kind = TicketEventKind.Promised, Detail = "Le llamamos" }));
        Assert.Equal("Responsable: Rosa", words.Event(new TicketEvent { Kind = TicketEventKind.Assigned, Detail = "Rosa" }));
        Assert.Equal("Lo dejó sin responsable", words.Event(new TicketEvent { Kind = TicketEventKind.Assigned }));
        Assert.Equal("Le llamamos", words.Step(NextStep.Promise, "Le llamamos"));
    }
}
