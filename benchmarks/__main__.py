"""All benchmarks that give figures, written into README.md: python -m benchmarks"""

from benchmarks import building, explorer, growth, pages, report

if __name__ == "__main__":
    for module in (building, pages, explorer, growth):
        name = module.__name__.rpartition(".")[2]
        print(f"{name}:")
        report.write(name, report.show(module.measure()))
