using System.Runtime.InteropServices;
using Nvdimm.Cli;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Ndctl;

StandardOutput.Use();

var signal = PosixSignal.SIGINT;
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var input = Console.OpenStandardInput();
var tool = new NvdimmTool(
    new ToolEnvironment(input, Console.Out, Console.Error, () => new NdctlRunner(useReader: new SysfsDeviceUseReader()))
    {
        IsOutputTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        TerminalWidth = () => Console.WindowWidth is > 0 and var columns ? columns : 80,
    });
var status = await tool.RunAsync(args, stop.Token).ConfigureAwait(false);
return status == ExitStatus.Interrupted && signal == PosixSignal.SIGTERM ? ExitStatus.Terminated : status;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    signal = context.Signal;
    stop.Cancel();
}
