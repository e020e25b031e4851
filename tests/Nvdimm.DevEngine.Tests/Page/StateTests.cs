using Microsoft.Playwright;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>What a person sees when something is loading, missing, refused, failed or offline, and where the focus is.</summary>
public sealed class StateTests : PageFixture
{
    [Test]
    public async Task Login_SaysWhatThisIs_AsWhom_AndWhereThePasswordIs()
    {
        await Page.GotoAsync($"{Engine.Url}");
        var form = Page.Locator(".login");
        Assert.That(
            await form.InnerTextAsync(),
            Does.Contain("NVDIMM host devices").And.Contain(Engine.Url.Authority).And.Contain("The password is in the first lines that the program printed."));
        Assert.That(await Page.GetByLabel("User").InputValueAsync(), Is.EqualTo("admin@internal"));
        Assert.That(await Page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("password"));
        Assert.That(await Page.TitleAsync(), Is.EqualTo("Log in · NVDIMM host devices"));
    }

    [Test]
    public async Task Login_WithWrongPassword_SaysSo_AndTheFocusIsOnThePassword()
    {
        await Page.GotoAsync($"{Engine.Url}");
        await Page.GetByLabel("Password").FillAsync("wrong");
        await Button("Log in").ClickAsync();
        await Page.GetByRole(AriaRole.Alert).GetByText("The user name or password is incorrect.").WaitForAsync();
        Assert.That(await Page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("password"));
    }

    [Test]
    public async Task Login_WithoutConnection_SaysSo_AndKeepsTheForm()
    {
        await Page.GotoAsync($"{Engine.Url}");
        await Page.GetByLabel("Password").FillAsync(RunningEngine.Password);
        await Page.Context.SetOfflineAsync(true);
        await Button("Log in").ClickAsync();
        await Page.GetByText("There is no connection to the engine.").WaitForAsync();
        await Page.Context.SetOfflineAsync(false);
        await Button("Log in").ClickAsync();
        await HeadingAsync("Overview");
        await FocusIsOnAsync("Overview");
    }

    [Test]
    public async Task Logout_EndsTheSession()
    {
        await LoginAsync(Host1);
        var token = await Page.EvaluateAsync<string>("sessionStorage.getItem('token')");
        await Page.Locator(".user summary").ClickAsync();
        await Page.RunAndWaitForResponseAsync(() => Button("Log out").ClickAsync(), answer => answer.Url.EndsWith("/sso-logout", StringComparison.Ordinal));
        await Page.GetByRole(AriaRole.Status).GetByText("Logged out.").WaitForAsync();
        Assert.That(await Page.GetByRole(AriaRole.Navigation).IsVisibleAsync(), Is.False);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/ovirt-engine/api", UriKind.Relative));
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await Engine.Anonymous.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task Session_ThatHasEnded_AsksAgain_AndComesBackToThePlace()
    {
        await LoginAsync($"/host/{RunningEngine.HostId(2)}");
        Engine.Time.Advance(TimeSpan.FromHours(1));
        await Page.GetByRole(AriaRole.Link, new() { Name = "host1" }).ClickAsync();
        await Page.GetByRole(AriaRole.Alert).GetByText("The session has ended. Log in again.").WaitForAsync();
        await Page.GetByLabel("Password").FillAsync(RunningEngine.Password);
        await Button("Log in").ClickAsync();
        await HeadingAsync("host1");
    }

    [Test]
    public async Task Loading_ShowsGreyBars_AndNeverTheOldContentUnderANewTitle()
    {
        await LoginAsync(Host1);
        var held = new TaskCompletionSource();
        await Page.RouteAsync($"**/services/host-devices/hosts/{RunningEngine.HostId(2)}", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await Page.GetByRole(AriaRole.Link, new() { Name = "host2 up" }).ClickAsync();
        await Page.Locator(".skeleton").WaitForAsync();
        Assert.That(await Page.TitleAsync(), Is.EqualTo("host2 · NVDIMM host devices"));
        Assert.That(await Page.GetByRole(AriaRole.Heading, new() { Name = "host1" }).CountAsync(), Is.Zero);
        held.SetResult();
        await HeadingAsync("host2");
        await FocusIsOnAsync("host2");
        Assert.That(await Page.Locator(".skeleton").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task View_ThatFails_SaysWhy_AndCanBeRetried()
    {
        await LoginAsync("/events");
        await Page.RouteAsync($"**/services/host-devices/hosts/{RunningEngine.HostId(2)}", route => route.FulfillAsync(new()
        {
            Status = 500,
            ContentType = "application/json",
            Body = """{"detail":"[host2 did not answer in 10 seconds.]","reason":"Operation Failed"}""",
        }));
        await Page.GetByRole(AriaRole.Link, new() { Name = "host2 up" }).ClickAsync();
        await Page.GetByRole(AriaRole.Alert).GetByText("host2 did not answer in 10 seconds.").WaitForAsync();
        await GoAsync("/");
        await Page.GetByRole(AriaRole.Region, new() { Name = "host2" }).GetByText("host2 did not answer in 10 seconds.").WaitForAsync();
        Assert.That(
            await Page.GetByRole(AriaRole.Region, new() { Name = "host1", Exact = true }).InnerTextAsync(),
            Does.Contain("19 devices"),
            "the others are shown");

        await Page.UnrouteAllAsync();
        await Page.GetByRole(AriaRole.Region, new() { Name = "host2" }).GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Page.GetByRole(AriaRole.Region, new() { Name = "host2" }).GetByText("1 device, 1 free").WaitForAsync();
    }

    [Test]
    public async Task Host_ThatFails_IsNotAskedAgain_AtEachPlace()
    {
        var asked = 0;
        await Page.RouteAsync($"**/services/host-devices/hosts/{RunningEngine.HostId(2)}", route =>
        {
            Interlocked.Increment(ref asked);
            return route.FulfillAsync(new() { Status = 500, ContentType = "application/json", Body = """{"detail":"[slow]"}""" });
        });
        await LoginAsync("/events");
        await GoAsync("/audit");
        await HeadingAsync("Audit");
        await GoAsync("/events");
        await HeadingAsync("Events");
        Assert.That(asked, Is.EqualTo(1));
    }

    [Test]
    public async Task Logout_LeavesNothingOfTheUser()
    {
        await LoginAsync(Host1);
        await Page.Locator(".user summary").ClickAsync();
        await Button("Log out").ClickAsync();
        await Page.GetByLabel("Password").WaitForAsync();
        Assert.That(await Page.Locator("body").TextContentAsync(), Does.Not.Contain("host1").And.Not.Contain("vm1"));
    }

    [Test]
    public async Task Place_ThatIsNone_SaysSo_WithAWayOut()
    {
        await LoginAsync("/vm/nothing");
        await Page.GetByRole(AriaRole.Alert).GetByText("Cannot find VM nothing.").WaitForAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Go to the overview" }).ClickAsync();
        await HeadingAsync("Overview");
    }

    [Test]
    public async Task Connection_ThatIsLost_ShowsABanner_WhichGoesByItself()
    {
        await LoginAsync(Host1);
        await Page.Context.SetOfflineAsync(true);
        await Button("Refresh").ClickAsync();
        var banner = Page.Locator("#offline");
        await banner.GetByText("No connection to the engine.").WaitForAsync();
        Assert.That(await Page.GetByRole(AriaRole.Heading, new() { Name = "host1" }).IsVisibleAsync(), Is.True, "what was shown stays");
        await Button("Try now").ClickAsync();
        await banner.GetByText("Trying again in").WaitForAsync();
        await Page.Context.SetOfflineAsync(false);
        await banner.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [Test]
    public async Task Host_WithoutDevices_SaysWhatToDo()
    {
        await Page.RouteAsync($"**/services/host-devices/hosts/{RunningEngine.HostId(2)}", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body =
                """
                {
                  "id": "x", "name": "host2", "status": "up", "regions": [],
                  "categories": [{ "capability": "nvdimm", "title": "NVDIMM", "is_complete": true, "findings": [], "devices": [] }]
                }
                """,
        }));
        await LoginAsync($"/host/{RunningEngine.HostId(2)}");
        await Page.GetByText("No NVDIMM device on host2.").WaitForAsync();
    }

    [Test]
    public async Task Reader_WhoMayChangeNothing_IsToldSo()
    {
        await Page.GotoAsync($"{Engine.Url}#{Vm("vm2")}");
        await Page.GetByLabel("User").FillAsync(RunningEngine.Reader);
        await Page.GetByLabel("Password").FillAsync(RunningEngine.ReaderPassword);
        await Button("Log in").ClickAsync();
        await Button("Detach namespace4.0").ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Detach namespace4.0" }).ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByText("User is not authorized to perform this action.").WaitForAsync();
        await FocusIsOnAsync("Detach namespace4.0");
    }

    [Test]
    public async Task Vm_ThatRuns_IsPoweredOffOnlyAfterAQuestion()
    {
        var isUp = true;
        await Page.RouteAsync($"**/api/vms/{RunningEngine.IdOf("vm2")}?*", async route =>
        {
            var answer = await route.FetchAsync();
            var text = await answer.TextAsync();
            var running = text.Replace("\"status\":\"down\"", "\"status\":\"up\"", StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = isUp ? running : text });
        });
        await Page.RouteAsync("**/stop", async route =>
        {
            isUp = false;
            await route.FulfillAsync(new() { ContentType = "application/json", Body = """{"status":"complete"}""" });
        });
        await LoginAsync(Vm("vm2"));
        Assert.That(await Button("Start").CountAsync(), Is.Zero);
        Assert.That(await Button("Shut down").IsVisibleAsync(), Is.True);
        await Button("Power off").ClickAsync();
        await FocusIsOnAsync("Cancel");
        Assert.That(await Page.GetByRole(AriaRole.Dialog).InnerTextAsync(), Does.Contain("What the guest has not written and synced is lost."));
        await Button("Power off vm2").ClickAsync();
        await Page.GetByRole(AriaRole.Status).GetByText("vm2 was powered off.").WaitForAsync();
        await FocusIsOnAsync("Start");
    }

    [Test]
    public async Task Navigation_OnAPhone_IsADrawer()
    {
        await OpenAsync(ColorScheme.Light, 390);
        await LoginAsync("/");
        var places = Page.GetByRole(AriaRole.Navigation);
        Assert.That(await places.IsVisibleAsync(), Is.False);
        await Button("Places").ClickAsync();
        await FocusIsOnAsync("Overview");
        await Page.Keyboard.PressAsync("Escape");
        await FocusIsOnAsync("Places");
        Assert.That(await places.IsVisibleAsync(), Is.False);
        await Button("Places").ClickAsync();
        await places.GetByRole(AriaRole.Link, new() { Name = "vm1" }).ClickAsync();
        await FocusIsOnAsync("vm1");
        Assert.That(await places.IsVisibleAsync(), Is.False);
    }

    [Test]
    public async Task Colours_CanBeChosen_AndStay()
    {
        await LoginAsync("/");
        await Page.Locator(".user summary").ClickAsync();
        await Page.GetByLabel("Colours").SelectOptionAsync("dark");
        var ground = await Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.That(ground, Is.EqualTo("rgb(21, 21, 21)"));
        await Page.ReloadAsync();
        await ShownAsync();
        Assert.That(await Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"), Is.EqualTo(ground));
    }
}
