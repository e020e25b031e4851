using NSubstitute;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Tests;

/// <summary>A regular file as a device: named by its path, without a listing.</summary>
public sealed class FileDeviceTests
{
    private TestHost host = null!;
    private INdctlRunner runner = null!;
    private string path = null!;

    [SetUp]
    public void MakeHost()
    {
        host = new TestHost();
        runner = Substitute.For<INdctlRunner>();
        runner.ListAsync(Arg.Any<CancellationToken>())
            .Returns(_ => Task.FromResult(new NdctlListing
            {
                Devices = [host.Device],
                Findings = [],
                Shape = NdctlListingShape.Namespaces,
                IsComplete = true,
            }));
        path = host.Write("store/vm1.img", "");
        using var file = File.OpenWrite(path);
        file.SetLength(512L << 20);
    }

    [TearDown]
    public void RemoveHost() => host.Dispose();

    [Test]
    public async Task Plan_OfAFile_AsksNoListing()
    {
        var run = await Run("plan", "--device", path, "--json");
        run.AssertStatus(0);
        await runner.DidNotReceive().ListAsync(Arg.Any<CancellationToken>());
        var device = run.Json["devices"]!.Single();
        Assert.That(((string?)device["name"], (string?)device["path"]), Is.EqualTo((path, path)));
        Assert.That((string?)device["element"], Does.Contain($"<path>{path}</path>"));
        Assert.That(run.Output, Does.Contain(NvdimmCodes.PersistenceNotGuaranteed).And.Contain(NvdimmCodes.FileSparse));
    }

    [Test]
    public async Task Plan_OfAFileAndANamespace_HasBoth()
    {
        var run = await Run("plan", "--device", path, "namespace0.0", path, "--json");
        run.AssertStatus(0);
        Assert.That(run.Json["devices"]!.Select(device => (string)device["name"]!), Is.EqualTo(new[] { path, "namespace0.0" }));
    }

    [Test]
    public async Task Record_IsFoundByThePathAndTheIdentity_AndForgotten()
    {
        (await Run("layout", "record", "--device", path)).AssertStatus(0);
        var record = host.Ledger.List().Records.Single();
        Assert.That((record.Name, record.Path), Is.EqualTo((path, path)));
        Assert.That(record.Identity.Kind, Is.EqualTo(DeviceIdentityKind.File).Or.EqualTo(DeviceIdentityKind.KernelName), "as this machine's file system has it");
        (await Run("layout", "check", "--device", path)).AssertStatus(0);
        foreach (var name in new[] { path, record.Identity.Key })
        {
            var shown = await Run("layout", "show", name);
            shown.AssertStatus(0);
        }

        (await Run("layout", "check", "--device", path, "--strategy", "largest")).AssertStatus(3);
        (await Run("layout", "forget", path, "--yes")).AssertStatus(0);
        Assert.That(host.Ledger.List().Records, Is.Empty);
    }

    [Test]
    public async Task Check_OfAFileUnderALoopDevice_IsRefused()
    {
        host.Write("sys/block/loop3/loop/backing_file", $"{path}\n");
        var run = await Run("layout", "check", "--device", path, "--json");
        run.AssertStatus(3);
        Assert.That(run.Output, Does.Contain(NvdimmCodes.InUseByHost).And.Contain("held by loop3"));
    }

    [TestCase("store")]
    [TestCase("store/nothing")]
    [TestCase("dev/pmem0")]
    public async Task AnythingElse_IsNoDeviceOfTheListing(string other)
    {
        var run = await Run("layout", "check", "--device", host.PathOf(other.Split('/')));
        run.AssertStatus(3);
        Assert.That(run.Error, Does.Contain("no device is named"));
    }

    private Task<ToolRun> Run(params string[] arguments) => ToolRun.With("", runner, [.. arguments, "--state-folder", host.State], root: host.PathOf());
}
