using Microsoft.Playwright;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>
/// The pictures of the documentation: <c>NVDIMM_UPDATE_GOLDEN=1 dotnet test tests/Nvdimm.DevEngine.Tests -c Release --filter Screenshots</c> takes them
/// anew. Without the variable it only checks that each is there and can be taken.
/// </summary>
public sealed class ScreenshotTests : PageFixture
{
    private const int LargestBytes = 150_000;

    [TestCase(ColorScheme.Light, "light")]
    [TestCase(ColorScheme.Dark, "dark")]
    public async Task Screenshots_OfTheStartView_AHost_AndAnAttach(ColorScheme scheme, string name)
    {
        await OpenAsync(scheme, 1180);
        await Page.SetViewportSizeAsync(1180, 760);
        await LoginAsync("/");
        await TakeAsync($"overview-{name}");
        await GoAsync(Host1);
        await TakeAsync($"host-{name}");
        await GoAsync($"{Vm("vm1")}/attach");
        await Page.GetByLabel("namespace0.0").CheckAsync();
        await Page.GetByLabel("namespace6.1").CheckAsync();
        await Page.GetByText("The guest will see 1.125 GiB").WaitForAsync();
        await TakeAsync($"attach-{name}");
    }

    private async Task TakeAsync(string name)
    {
        var file = Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Page", $"{name}.png");
        await Page.Mouse.MoveAsync(0, 0);
        await Page.EvaluateAsync("document.activeElement.blur(); document.querySelector('.engine').textContent = 'engine.example.org'");
        var picture = await Page.ScreenshotAsync();
        if (Environment.GetEnvironmentVariable("NVDIMM_UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllBytesAsync(file, picture);
        }

        Assert.That(new FileInfo(file), Has.Property(nameof(FileInfo.Exists)).True.And.Property(nameof(FileInfo.Length)).LessThan(LargestBytes), file);
    }
}
