using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SelfService.Web.Components;

/// <summary>What the views need besides the page models.</summary>
public static class PageComponents
{
    /// <summary>Registers the stylesheet and the words for moments and hours.</summary>
    public static IServiceCollection AddPageComponents(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SiteAssets>();
        services.TryAddSingleton<SpokenMoment>();
        services.TryAddSingleton<WeeklyHours>();
        return services;
    }
}
