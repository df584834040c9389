using System.IO.Compression;
using System.Net;
using SelfService.Core.Appointments;
using static SelfService.Web.Tests.Pages.Account.AccountSteps;

namespace SelfService.Web.Tests.Pages.Account;

[Collection(BookedPortalCollection.Name)]
public sealed class AppointmentsOfAnAccountTests(BookedPortal portal)
{
    private const string DeletePage = "/cuenta/datos/eliminar";

    private PortalHost Host => portal.Host;

    [Fact]
    public async Task Post_DeleteWithAnOpenAppointment_NamesItAndDeletesNothing()
    {
        var (browser, booked) = await BookedAsync();

        var told = await browser.PageAsync(DeletePage);
        using var forced = await browser.SendFormAsync(DeletePage, [("Password", HerPassword), await browser.TokenAsync()]);

        Assert.Contains($"Su cita {booked.Number} todavía no termina.", told.QuerySelector("[role=alert]").Words(), StringComparison.Ordinal);
        Assert.NotNull(told.QuerySelector($"main a[href='{booked.Address()}']"));
        Assert.Equal(HttpStatusCode.Conflict, forced.StatusCode);
        Assert.NotNull(await Host.FindPersonAsync(booked.Ticket.ContactEmail!));
    }

    [Fact]
    public async Task Post_DeleteAfterItIsOver_KeepsItWithoutHer()
    {
        var (browser, booked) = await BookedAsync();
        await Host.ChangeAsync(booked, (change, step) => change.CancelAsync(step, "Rosa se enfermó", CancellationToken.None));

        using var answer = await browser.FillAsync(DeletePage, Form, ("Password", HerPassword));

        Assert.Equal("/cuenta/aviso/eliminada", answer.RequestMessage!.RequestUri!.AbsolutePath);
        var kept = await Host.AppointmentAsync(booked.Number);
        Assert.Equal(("", "", 0, 0, AppointmentStatus.Cancelled), (kept.CancelReason, kept.MeetingLink, kept.Address.Count, kept.Ticket.Answers.Count, kept.Status));
        Assert.Equal((booked.StartsAt, booked.Service), (kept.StartsAt, kept.Service));
        Assert.Null(await Host.FindPersonAsync(booked.Ticket.ContactEmail!));
    }

    [Fact]
    public async Task Post_Copy_HoldsHerAppointments()
    {
        var (browser, booked) = await BookedAsync();
        var foreign = await Host.BookAsync("visita", "sur");

        using var answer = await browser.FillAsync("/cuenta/datos", "main form[method=post]");

        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        using var reader = new StreamReader(zip.GetEntry("data.json")!.Open());
        var text = await reader.ReadToEndAsync();
        Assert.All([TestAppointments.Street, "Lavadora que escrib", AgreedTime.Of(booked).ToString()], word => Assert.Contains(word, text.Replace("\\u00ED", "í", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.DoesNotContain(foreign.Number, text, StringComparison.Ordinal);
    }

    private async Task<(HttpClient Browser, Appointment Appointment)> BookedAsync()
    {
        var address = NewAddress();
        var browser = await Host.RegisterAsync(address);
        var person = (await Host.FindPersonAsync(address))!;
        return (browser, await Host.BookAsync("visita", email: address, personId: person.Id));
    }
}
