namespace SelfService.Web.Startup;

/// <summary>What a browser answers about a passkey.</summary>
public static class PasskeyAnswer
{
    /// <summary>What the answer proves; null when nothing had been asked in this browser, or too long ago.</summary>
    public static async Task<T?> ReadAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
