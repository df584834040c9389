namespace SelfService.Web.Pages.Requests;

/// <summary>What the pages of forms are made of.</summary>
public static class FormPages
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddFormPages(this IServiceCollection services) =>
        services.AddSingleton<SpamTrap>().AddSingleton<NetworkLimit>().AddSingleton<FormErrors>().AddScoped<FormFiles>().AddScoped<ReadForm>().AddScoped<SendForm>();
}
