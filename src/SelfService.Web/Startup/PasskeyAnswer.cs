namespace SelfService.Web.Startup;

/// <summary>What a browser answers about a passkey.</summary>
public static class PasskeyAnswer
{
    /// <summary>What the answer proves; null when there is none, or when nothing had been asked in this browser, or too long ago.</summary>
    public static async Task<T?> ReadAsync<T>(string? answer, Func<string, Task<T>> read)
        where T : class
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return null;
        }

        try
        {
            return await read(answer);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
