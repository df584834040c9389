using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Web.Tests.Pages.Agent;

namespace SelfService.Web.Tests.Pages.Admin;

[Collection(DeskPortalCollection.Name)]
public sealed class JobsTests(DeskPortal portal)
{
    [Fact]
    public async Task Get_DeadJobs_ComeFirstWithWhyAndWhatTheyAreFor()
    {
        var ticket = await portal.OpenAsync();
        var job = new MailRequest(MailKind.CaseAnswered, "es") { TicketId = ticket.Id, To = "secreta@ensayo.example" }.ToJob(DateTime.UtcNow);
        (job.State, job.Attempts, job.LastError) = (JobState.Dead, 8, "El servidor <b>rechazó</b> la conexión");
        await AddAsync(job);
        using var admin = await portal.Host.BrowserOfAsync(DeskPortal.Admin);

        var page = await admin.PageAsync("/admin/trabajos");

        Assert.Contains("Abandonado", page.QuerySelector("tbody tr").Words(), StringComparison.Ordinal);
        var row = page.QuerySelector($"tbody tr:has(button[value='{job.Id}'])");
        Assert.Contains("El servidor <b>rechazó</b> la conexión", row.Words(), StringComparison.Ordinal);
        Assert.Contains("8 de 8", row.Words(), StringComparison.Ordinal);
        Assert.NotNull(row!.QuerySelector($"a[href='{DeskPortal.Address(ticket)}']"));
        Assert.Equal(Job.Pauses.Count, page.QuerySelectorAll(".jobs-pauses li").Length);
        Assert.DoesNotContain("secreta@ensayo.example", page.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain((await admin.PageAsync("/admin/trabajos?estado=hechos")).QuerySelectorAll("tbody button"), b => b.GetAttribute("value") == job.Id.ToString());
        Assert.Contains((await admin.PageAsync("/admin/trabajos?estado=muertos&tipo=mail")).QuerySelectorAll("tbody button"), b => b.GetAttribute("value") == job.Id.ToString());
    }

    [Fact]
    public async Task Post_Retry_MakesOneDueAndThenAllDeadOfItsKind()
    {
        var kind = $"k{Guid.NewGuid():N}"[..20];
        var jobs = Enumerable.Range(0, 3).Select(_ => new Job { Kind = kind, Payload = "{}", State = JobState.Dead, Attempts = 8, CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow }).ToList();
        await AddAsync([.. jobs]);
        using var admin = await portal.Host.BrowserOfAsync(DeskPortal.Admin);
        Task<int> DeadAsync() => portal.AskAsync(db => db.Jobs.CountAsync(j => j.Kind == kind && j.State == JobState.Dead));

        using var one = await admin.FillAsync($"/admin/trabajos?tipo={kind}", $"form:has(button[value='{jobs[0].Id}'])", ("Job", jobs[0].Id.ToString()));
        Assert.Equal((HttpStatusCode.OK, 2), (one.StatusCode, await DeadAsync()));

        using var all = await admin.FillAsync("/admin/trabajos", $"form:has(button[value='{kind}'])", ("Kind", kind));
        Assert.Equal((HttpStatusCode.OK, 0), (all.StatusCode, await DeadAsync()));

        var julian = await portal.PersonAsync(DeskPortal.Admin);
        Assert.Equal(2, await portal.AskAsync(db => db.AuditEntries.CountAsync(e => e.Kind == AuditKind.JobRetried && e.ActorId == julian && (e.Detail.Contains(kind) || e.Detail.Contains(jobs[0].Id.ToString())))));
    }

    [Fact]
    public async Task Get_Health_TellsStaffOfDeadAndWaitingJobsAndNobodyElse()
    {
        await AddAsync(new Job { Kind = "viejo", Payload = "{}", State = JobState.Dead, CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow },
            new Job { Kind = "viejo", Payload = "{}", Attempts = 2, CreatedAt = DateTime.UtcNow.AddHours(-2), DueAt = DateTime.UtcNow.AddHours(1) });
        using var anonymous = portal.Host.Browser();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await agent.GetAsync("/health/ready");
        var parts = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        using var strangers = await anonymous.GetAsync("/health/ready");

        Assert.True(parts.GetProperty("jobs_dead").GetInt32() >= 1);
        Assert.True(parts.GetProperty("jobs_oldest_seconds").GetInt64() >= 7200);
        Assert.DoesNotContain("jobs", await strangers.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task AddAsync(params Job[] jobs) => portal.AskAsync(async db =>
    {
        db.Jobs.AddRange(jobs);
        return await db.SaveChangesAsync();
    });
}

public sealed class NoJobsTests
{
    [Fact]
    public async Task Get_WithoutJobs_SaysThatAllIsDone()
    {
        await using var host = await PortalHost.StartAsync(Path.GetTempPath() + "no-such-content");
        using var admin = await host.BrowserOfAsync(DeskPortal.Admin);

        var page = await admin.PageAsync("/admin/trabajos");

        Assert.NotNull(page.QuerySelector(".notice-success"));
        Assert.NotNull(page.QuerySelector(".empty h2"));
    }
}
