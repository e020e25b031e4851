using Microsoft.Extensions.Logging;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Management;

/// <summary>After a lost answer the manager asks the engine before it reports a failure; what it cannot find out stays noted.</summary>
public sealed class LostAnswerTests
{
    private Bench bench = null!;
    private EventLogger log = null!;

    private HostDeviceManager Manager => new(bench.Engine, bench.Category, bench.Records, logger: log);

    [SetUp]
    public void Prepare() => (bench, log) = (new Bench(), new EventLogger());

    [TearDown]
    public void CleanUp() => bench.Dispose();

    [Test]
    public async Task Attach_ThatWasMade_IsDoneAndNoted()
    {
        bench.Engine.Script(EngineCall.AddVmHostDevice, ScriptedAnswer.Lost, times: 2);
        var change = await Manager.AttachAsync("v1", ["namespace0.0", "namespace1.0"]);
        Assert.That(change.IsDone, $"{change.Failure}");
        Assert.That(change.Devices, Is.EqualTo(new[] { "namespace0.0", "namespace1.0" }));
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace0.0 00", "namespace1.0 01" }));
        Assert.That(log.Events, Is.EqualTo(new[] { (1005, LogLevel.Warning), (1005, LogLevel.Warning), (1001, LogLevel.Information) }));
    }

    [Test]
    public async Task Attach_ThatWasNotMade_FailsAndStaysNoted()
    {
        bench.Engine.Script(EngineCall.AddVmHostDevice, ScriptedAnswer.TimedOut);
        var change = await Manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(change.Failure, Has.Property(nameof(OvirtException.IsOutcomeUnknown)).True);
        Assert.That(change.Devices, Is.Empty);
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace0.0 00" }), "it may still be made");
        Assert.That(log.Events, Is.EqualTo(new[] { (1003, LogLevel.Error) }));
    }

    [Test]
    public async Task Attach_AfterWhichTheEngineIsSilent_StaysNoted()
    {
        bench.Engine.Script(EngineCall.AddVmHostDevice, ScriptedAnswer.Lost);
        bench.Engine.Script(EngineCall.ListVmHostDevices, ScriptedAnswer.After(TimeSpan.Zero), times: 2);
        bench.Engine.Script(EngineCall.ListVmHostDevices, ScriptedAnswer.NotReached);
        var change = await Manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(change.Failure!.Detail, Does.Contain("what became of it cannot be seen").And.Contain("Connection refused"));
        Assert.That(change.Failure.IsOutcomeUnknown);
        Assert.That(await bench.NamesAsync("v1"), Is.EqualTo(new[] { "namespace0.0" }));
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace0.0 00" }), "it may be attached, and it is");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Detach_IsDoneIfTheDeviceIsGone(bool isMade)
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Engine.Script(EngineCall.RemoveVmHostDevice, isMade ? ScriptedAnswer.Lost : ScriptedAnswer.TimedOut);
        var change = await Manager.DetachAsync("v1", ["namespace0.0"]);
        Assert.That(change.IsDone, Is.EqualTo(isMade));
        Assert.That(await bench.RecordedAsync("v1"), Has.Length.EqualTo(isMade ? 0 : 1));
    }

    [Test]
    public async Task Refusals_AreLogged()
    {
        bench.Engine.Script(EngineCall.AddVmHostDevice, ScriptedAnswer.Refused(Finding.Error(EngineCodes.VmNotPinnedToHost, ("action", "add"), ("type", "Host devices"))));
        var refused = await Manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That((refused.Failure!.Status, refused.Failure.IsOutcomeUnknown), Is.EqualTo((System.Net.HttpStatusCode.Conflict, false)));
        Assert.That(refused.Failure.Codes, Is.EqualTo(new[] { EngineCodes.VmNotPinnedToHost }));
        Assert.That(await bench.RecordedAsync("v1"), Is.Empty);
        await Manager.AttachAsync("v1", ["namespace9.9"]);
        Assert.That(log.Events, Is.EqualTo(new[] { (1003, LogLevel.Error), (1002, LogLevel.Warning) }));
        Assert.That(log.Texts[^1], Does.Contain("attach of namespace9.9 on the VM v1 is refused: ").And.Contain(EngineCodes.HostDeviceNotFound));
    }

    [Test]
    public async Task Failures_FollowWhatHappened()
    {
        foreach (var failure in Enum.GetValues<OvirtFailure>())
        {
            Assert.That(new OvirtException("POST", failure, "").IsOutcomeUnknown, Is.EqualTo(failure is OvirtFailure.Interrupted or OvirtFailure.TimedOut), $"{failure}");
        }

        bench.Engine.Script(EngineCall.GetVm, ScriptedAnswer.Failed);
        await Assert.ThrowsAsync<OvirtException>(() => bench.Engine.GetVmAsync("v1"));
        Assert.That(await bench.Engine.GetVmAsync("v1"), Is.Not.Null, "it is itself again");
    }

    private sealed class EventLogger : ILogger<HostDeviceManager>
    {
        public List<(int Id, LogLevel Level)> Events { get; } = [];

        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Events.Add((eventId.Id, logLevel));
            Texts.Add(formatter(state, exception));
        }
    }
}
