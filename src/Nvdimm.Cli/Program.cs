using System.Runtime.InteropServices;
using System.Text;
using Nvdimm.Cli;
using Nvdimm.Extensions.Host.Sysfs;
using Nvdimm.Extensions.Ndctl;

// What is written is UTF-8 whatever the locale says: JSON and domain XML are nothing else.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var input = Console.OpenStandardInput();
var tool = new NvdimmTool(new ToolEnvironment(input, Console.Out, Console.Error, () => new NdctlRunner(useReader: new SysfsDeviceUseReader()))
{
    IsOutputTerminal = !Console.IsOutputRedirected,
    IsErrorTerminal = !Console.IsErrorRedirected,
});
return await tool.RunAsync(args, stop.Token).ConfigureAwait(false);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
