using Microsoft.AspNetCore.Mvc.Razor;

namespace SelfService.Web.Pages.Orders;

/// <summary>What the pages of cart and checkout are made of.</summary>
public static class OrderPages
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddOrderPages(this IServiceCollection services) => services
        // A checkout asks with the same fields as any other form.
        .Configure<RazorViewEngineOptions>(views => views.PageViewLocationFormats.Add("/Pages/Requests/{0}.cshtml"))
        .AddSingleton<CartWords>().AddSingleton<CheckoutFields>().AddSingleton<ReadCheckout>().AddScoped<KnownBuyer>().AddScoped<SendOrder>();
}
