from mcpp.processes import forget_working_folder

forget_working_folder()

from mcpp.cli.main import main  # noqa: E402  # only now: the working folder could hold a planners.py

main()
