using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SelfService.Core.Audit;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.KnowledgeBase.Uploads;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tests.KnowledgeBase.Uploads;

/// <summary>The way of an archive: brought, looked at, confirmed, imported.</summary>
public sealed class WorkOnUploadsTests : BringTest
{
    private readonly Guid key = Guid.CreateVersion7();

    private async Task RoleAsync(string role = Roles.Editor) => await InAsync(async db =>
    {
        var row = new IdentityRole<Guid>(role) { Id = Guid.NewGuid(), NormalizedName = role.ToUpperInvariant() };
        db.Roles.Add(row);
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = Elena.Id, RoleId = row.Id });
        return await db.SaveChangesAsync();
    });

    private Task<T> BringingAsync<T>(Func<BringArticles, Task<T>> act) => InAsync(db => act(new BringArticles(db, Clock)));

    private Task BringAsync(Func<BringArticles, Task> act) => BringingAsync(async b =>
    {
        await act(b);
        return true;
    });

    private async Task<int> WorkAsync(EditingRules? rules = null)
    {
        await using var services = Database.Services(s => s.AddSingleton<TimeProvider>(Clock).AddSingleton(new ArticleRenderer(TestWords.Spanish)).AddSingleton(rules ?? EditingRules.Open).AddScoped<ImportArticles>());
        await using var scope = services.CreateAsyncScope();
        return await new WorkOnUploads(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), services.GetRequiredService<IServiceScopeFactory>(), Clock, NullLogger<WorkOnUploads>.Instance).RunAsync(NoCancel);
    }

    private Task<BroughtArchive?> FoundAsync(Guid? person = null) => BringingAsync(b => b.FindAsync(key, person ?? Elena.Id, NoCancel));

    private async Task BroughtAsync()
    {
        await PeopleAsync();
        await RoleAsync();
        await BringAsync(b => b.RunAsync(key, "artículos.zip", TestZip.Of(TestZip.Article("pagos/a.md", "Uno"), ("nota.txt", "x")), Elena.Id, NoCancel));
    }

    [Fact]
    public async Task It_is_looked_at_first_and_imported_once_it_is_confirmed()
    {
        await BroughtAsync();
        await BringAsync(b => b.ConfirmAsync(key, Elena.Id, NoCancel));
        Assert.True((await FoundAsync())!.IsAtWork);

        Assert.Equal(1, await WorkAsync());

        var looked = (await FoundAsync())!;
        Assert.Equal((false, null, 1, 0), (looked.IsAtWork, looked.ConfirmedAt, looked.Plan!.Created, await InAsync(db => db.Articles.CountAsync())));
        Assert.Equal(["nota.txt"], looked.Plan.LeftOut);
        Assert.Equal(new ImportedArticle("pagos/a.md", ImportOutcome.Created, "a", "A", false), Assert.Single(looked.Plan.Articles));
        Assert.Equal(0, await WorkAsync());

        await BringAsync(b => b.ConfirmAsync(key, Elena.Id, NoCancel));
        Assert.True((await FoundAsync())!.IsAtWork);
        Assert.Equal((1, 0), (await WorkAsync(), await WorkAsync()));

        var done = (await FoundAsync())!;
        Assert.Equal((false, 1), (done.IsAtWork, done.Report!.Created));
        Assert.Equal((ArticleStatus.Published, 0), ((await ArticleAsync("a")).Status, await InAsync(db => db.ArticleUploads.Select(u => u.Bytes.Length).SingleAsync())));
        Assert.Equal("articles 1", await InAsync(db => db.AuditEntries.Where(e => e.Kind == AuditKind.ArticlesImported && e.ActorId == Elena.Id).Select(e => e.Detail).SingleAsync()));
    }

    [Fact]
    public async Task Others_neither_see_nor_confirm_nor_discard_it()
    {
        await BroughtAsync();
        await WorkAsync();

        Assert.Null(await FoundAsync(Bruno.Id));
        Assert.Empty(await BringingAsync(b => b.NewestAsync(Bruno.Id, 5, NoCancel)));
        await BringAsync(b => b.ConfirmAsync(key, Bruno.Id, NoCancel));
        await BringAsync(b => b.DropAsync(key, Bruno.Id, NoCancel));

        Assert.Null((await FoundAsync())!.ConfirmedAt);
        Assert.Single(await BringingAsync(b => b.NewestAsync(Elena.Id, 5, NoCancel)));
        await BringAsync(b => b.DropAsync(key, Elena.Id, NoCancel));
        Assert.Null(await FoundAsync());
    }

    [Fact]
    public async Task It_is_imported_with_the_rights_that_she_has_by_then()
    {
        await BroughtAsync();
        await WorkAsync();
        await BringAsync(b => b.ConfirmAsync(key, Elena.Id, NoCancel));

        await WorkAsync(EditingRules.Open with { NeedsApproval = true });

        Assert.Equal((0, 1), ((await FoundAsync())!.Plan!.Held, (await FoundAsync())!.Report!.Held));
        Assert.Equal(ArticleStatus.Draft, (await ArticleAsync("a")).Status);
    }

    [Fact]
    public async Task Who_writes_no_more_imports_nothing()
    {
        await BroughtAsync();
        await WorkAsync();
        await BringAsync(b => b.ConfirmAsync(key, Elena.Id, NoCancel));
        await InAsync(db => db.UserRoles.ExecuteDeleteAsync());

        await WorkAsync();

        Assert.Equal((false, null), ((await FoundAsync())!.IsAtWork, (await FoundAsync())!.Report));
        Assert.NotNull((await FoundAsync())!.FinishedAt);
        Assert.Equal(0, await InAsync(db => db.Articles.CountAsync()));
    }

    [Fact]
    public async Task What_another_is_at_work_on_is_left_alone_until_that_one_has_died()
    {
        await BroughtAsync();
        await InAsync(db => db.ArticleUploads.ExecuteUpdateAsync(set => set.SetProperty(u => u.LeaseUntil, Clock.Now.AddSeconds(30))));

        Assert.Equal(0, await WorkAsync());
        Clock.Now = Clock.Now.AddSeconds(31);
        Assert.Equal(1, await WorkAsync());
        Assert.Null(await InAsync(db => db.ArticleUploads.Select(u => u.LeaseUntil).SingleAsync()));
    }

    [Fact]
    public async Task What_is_refused_is_not_kept_and_what_is_kept_is_kept_once_and_forgotten()
    {
        await PeopleAsync();
        await Assert.ThrowsAsync<ArchiveException>(() => BringAsync(b => b.RunAsync(key, "x.zip", [1, 2, 3], Elena.Id, NoCancel)));
        for (var twice = 0; twice < 2; twice++)
        {
            await BringAsync(b => b.RunAsync(key, new string('x', 300), TestZip.Of(TestZip.Article("a.md", "Uno")), Elena.Id, NoCancel));
        }

        Assert.Equal(ArticleUpload.FileNameMaxLength, (await FoundAsync())!.FileName.Length);
        Assert.Equal(0, await BringingAsync(b => b.ForgetAsync(NoCancel)));
        Clock.Now += ArticleUpload.Lifetime;
        Assert.Equal(1, await BringingAsync(b => b.ForgetAsync(NoCancel)));
    }
}
