using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Startup;

/// <summary>What an exception that nobody caught answers with.</summary>
public sealed class FailuresTests
{
    [Theory]
    [InlineData(5, 503)]
    [InlineData(6, 503)]
    [InlineData(19, 500)]
    public void StatusOf_DatabaseThatIsBusy_SaysTryAgain(int sqliteError, int status)
    {
        var failure = new SqliteException("database is locked", sqliteError);

        Assert.Equal(status, Failures.StatusOf(failure));
        Assert.Equal(status, Failures.StatusOf(new DbUpdateException("not saved", failure)));
    }

    [Fact]
    public void StatusOf_SomebodyElseChangedIt_IsAConflictAndADefectIsOurs()
    {
        Assert.Equal(409, Failures.StatusOf(new DbUpdateConcurrencyException()));
        Assert.Equal(500, Failures.StatusOf(new InvalidOperationException()));
    }
}
